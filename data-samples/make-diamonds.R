# Writes data-samples/diamonds.csv from ggplot2's diamonds:  Rscript data-samples/make-diamonds.R
# (Debian: apt-get install r-cran-ggplot2; the file here was made with version 3.4.1)
d <- as.data.frame(ggplot2::diamonds)
out <- data.frame(
  carat = d$carat,
  cut = as.integer(d$cut),          # Fair=1 Good=2 Very Good=3 Premium=4 Ideal=5
  color = as.integer(d$color),      # D=1 (best) E=2 F=3 G=4 H=5 I=6 J=7
  clarity = as.integer(d$clarity),  # I1=1 SI2=2 SI1=3 VS2=4 VS1=5 VVS2=6 VVS1=7 IF=8
  depth = d$depth, table = d$table, x = d$x, y = d$y, z = d$z,
  log_price = format(log(d$price), digits = 15, trim = TRUE, drop0trailing = TRUE)
)
here <- dirname(sub("--file=", "", grep("--file=", commandArgs(), value = TRUE)))
write.csv(out, file.path(here, "diamonds.csv"), row.names = FALSE, quote = FALSE, eol = "\n")
