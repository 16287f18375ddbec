# Ngày, giờ
dates-mon = thứ Hai
dates-tue = thứ Ba
dates-wed = thứ Tư
dates-thu = thứ Năm
dates-fri = thứ Sáu
dates-sat = thứ Bảy
dates-sun = Chủ nhật
dates-day = { $weekday }, ngày { $day }
dates-line = { $place }, ngày { $day } tháng { $month } năm { $year }
dates-line-plain = Ngày { $day } tháng { $month } năm { $year }
dates-hour = { $hour } giờ
dates-hour-minute = { $hour } giờ { $minute }
dates-moment = { $hour }, { $day }
dates-seconds = { $number } giây
dates-minutes = { $number } phút
dates-hours = { $number } giờ
dates-days = { $number } ngày
