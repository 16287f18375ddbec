# Cách xưng hô
courtesy-comrade = đồng chí
