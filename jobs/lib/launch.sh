# Shared by the scripts in jobs/; source it with `project` set to the project's directory.
# Leaves behind: java, jar, spark_home, embedded (true or false) and the functions below.

say() { printf 'ridgeline: %s\n' "$*" >&2; }

die() {
  say "$*"
  exit 1
}

# What is asked for cannot run here: the exit code of a wrong command.
refuse() {
  say "$*"
  exit 2
}

# The JVM takes the letters of file names from the locale: where that is C or POSIX it would write ? for ü.
case $(locale charmap 2>/dev/null) in
  UTF-8 | utf8) ;;
  *) export LC_ALL=C.UTF-8 ;;
esac

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
  [ -x "$java" ] || refuse "JAVA_HOME is $JAVA_HOME, which has no bin/java; set it to a JDK 17, or unset it"
else
  java=$(command -v java) || refuse "no Java found: set JAVA_HOME to a JDK 17"
fi
# Others cannot load the jar, or the archive of classes, and say so in the words of the JVM.
java_version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$(dirname "$(readlink -f "$java")")/../release" 2>/dev/null) || true
if [ "${java_version:-17}" -lt 17 ] || [ "${java_version:-17}" -gt 23 ]; then
  refuse "cannot run on Java $java_version ($java): it needs Java 17 to 23; set JAVA_HOME to one"
fi

if [ -n "${SPARK_HOME:-}" ]; then
  spark_home=$SPARK_HOME
  embedded=false
  [ -d "$spark_home/jars" ] || refuse "SPARK_HOME is $spark_home, which has no jars directory; point it at a Spark 4.0 or 4.1, or unset it"
else
  spark_home=$project/target/spark-home
  embedded=true
fi

# The jar of the version in pom.xml: its first <version> is ours.
version=$(sed -n 's:^  <version>\(.*\)</version>$:\1:p' "$project/pom.xml" | head -n 1)
jar=$project/target/ridgeline-$version.jar
archive=$spark_home/classes.jsa
plugin=org.ridgeline.spark.RidgelinePlugin

jar_is_stale() {
  [ ! -f "$jar" ] || [ -n "$(find "$project/pom.xml" "$project/src/main" "$project/src/build/filtered" -newer "$jar" -type f -print 2>/dev/null | head -n 1)" ]
}

home_is_stale() {
  $embedded && { [ ! -f "$spark_home/.complete" ] || [ "$project/pom.xml" -nt "$spark_home/.complete" ]; }
}

# Beside the archive is its size: a JVM that is given half an archive ends without a word. An archive that could not be
# made has size 0, and is not tried again before the jar changes.
archive_is_stale() {
  $embedded && { [ ! -f "$archive.size" ] || [ "$jar" -nt "$archive.size" ] || [ "$(wc -c <"$archive")" -ne "$(cat "$archive.size")" ]; } 2>/dev/null
}

maven() {
  local escape
  escape=$(printf '\033')
  command -v mvn >/dev/null || die "Maven is needed to build $jar: install it, or copy a built jar there"
  (cd "$project" && mvn -B -q "$@" </dev/null 2>&1) | sed "s/$escape\[[0-9;]*m//g" >&2 ||
    die "the build failed; 'mvn -B verify' in $project shows more"
}

# Hard links where the file system allows: no second copy of 300 MB of jars.
assemble_home() {
  local list=$project/target/spark-home.classpath name
  rm -rf "$spark_home/jars"
  mkdir -p "$spark_home/jars"
  (
    IFS=:
    set -f
    cp -lf $(cat "$list") "$spark_home/jars/" 2>/dev/null || cp -f $(cat "$list") "$spark_home/jars/"
  )
  rm -f "$list"
  ln -sfn "$project/conf" "$spark_home/conf"
  touch "$spark_home/.complete"
}

# Half of the processor time of a short run goes into loading classes. The archive has them as they are in memory after a
# small run, and serves every run in one JVM; without it all works as well, only slower.
archive_classes() {
  local work=$project/target/.archive
  rm -rf "$work" "$archive" "$archive.size" "$archive.part"
  (
    in_one_jvm -XX:ArchiveClassesAtExit="$archive.part"
    launch org.apache.spark.deploy.SparkSubmit --master 'local[2]' --load-spark-defaults --conf spark.ui.enabled=false \
      --conf "spark.plugins=$plugin" --class org.ridgeline.cli.Main spark-internal \
      tune --input "$project/data-samples/longley.csv" --label Employed --out "$work"
  ) >/dev/null 2>&1 </dev/null || rm -f "$archive.part"
  if ! mv -f "$archive.part" "$archive" 2>/dev/null; then : >"$archive"; fi
  wc -c <"$archive" >"$archive.size"
  rm -rf "$work"
}

build_what_is_stale() {
  local goals=() names=()
  if jar_is_stale; then
    goals+=(package)
    names+=("${jar##*/}")
  fi
  if home_is_stale; then
    goals+=(dependency:build-classpath@spark-home)
    names+=("target/spark-home")
  fi
  if [ ${#goals[@]} -gt 0 ]; then
    say "building ${names[*]} (first use, or the sources have changed) ..."
    : >"$project/target/.build.started"
    maven -Pquick -Dmaven.test.skip=true "${goals[@]}"
    if home_is_stale; then assemble_home; fi
    # As old as the start of the build: a file saved during it makes the jar stale again.
    touch -r "$project/target/.build.started" "$jar"
  fi
  if archive_is_stale; then
    say "keeping the loaded classes in target/spark-home/${archive##*/}, which halves the time of short runs ..."
    archive_classes
  fi
}

# Two jobs started together build once: the second waits, then finds nothing to do.
prepare() {
  if ! jar_is_stale && ! home_is_stale && ! archive_is_stale; then return 0; fi
  mkdir -p "$project/target"
  if command -v flock >/dev/null; then
    exec 9>"$project/target/.build.lock"
    flock 9
    build_what_is_stale
    exec 9>&-
  else
    build_what_is_stale
  fi
}

# Whether the OpenBLAS of the jar runs here, which needs Linux on x86-64 with glibc 2.35, and is not switched off.
has_native() { # WORD...
  local glibc
  case $* in *ridgeline.native=off*) return 1 ;; esac
  [ "$(uname -sm)" = 'Linux x86_64' ] || return 1
  glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null) || return 1
  [ "$(printf '%s\n' 2.35 "${glibc#* }" | sort -V | head -n 1)" = 2.35 ]
}

# in_one_jvm OPTION...: the next launch has a class path in a fixed order, of files only, which is what an archive of
# classes is good for; our jar is on it, so that the classes of ours are in the archive too.
class_path='' jvm_options=()
in_one_jvm() {
  local jars=("$spark_home"/jars/*)
  class_path=$(
    IFS=:
    printf '%s' "$jar:${jars[*]}"
  )
  jvm_options=("-Dlog4j2.configurationFile=$project/conf/log4j2.properties" "$@")
}

# launch CLASS ARGUMENT...: becomes the JVM that Spark's own launcher would start for CLASS, so that signals reach it.
launch() {
  local word before='' command=() status
  export SPARK_HOME=$spark_home SPARK_SCALA_VERSION=2.13
  export SPARK_CONF_DIR=${SPARK_CONF_DIR:-$project/conf}
  {
    IFS= read -r word || die "Spark's launcher said nothing"
    while IFS= read -r -d '' word; do
      # The JVM warns of this module at every start; netlib uses it only where it has no native library.
      if [ "$word" = --add-modules=jdk.incubator.vector ] && has_native "$@"; then continue; fi
      if [ "$before" = -cp ] && [ -n "$class_path" ]; then word=$class_path; fi
      command+=("$word")
      before=$word
    done
  } < <(
    "$java" -Xmx128m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$spark_home/jars/*" org.apache.spark.launcher.Main "$@"
    printf '%d\0' $?
  )
  # The last word is the launcher's exit code.
  status=${command[${#command[@]} - 1]}
  unset "command[${#command[@]} - 1]"
  [ "$status" = 0 ] || exit "$status"
  exec "${command[0]}" ${jvm_options[@]+"${jvm_options[@]}"} "${command[@]:1}"
}
