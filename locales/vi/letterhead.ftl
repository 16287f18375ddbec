# What stands over every printed paper.
letterhead-heading = ĐẢNG CỘNG SẢN VIỆT NAM
