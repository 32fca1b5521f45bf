#!/bin/sh
# Runs the numerical tests once per kind of machine code: the kernels that OpenBLAS chooses by processor, and
# what the JVM may use of AVX under Java BLAS. Kernels that this processor cannot run are left out by OpenBLAS
# itself, which then takes the best one that it can.
#
#   src/build/kernels.sh                  all of it
#   src/build/kernels.sh Haswell java-2   these alone
#
# Tests must be compiled (mvn -B -Pquick test-compile). A leg takes about a minute of processor time. UseAVX=0
# (native-0, java-0) must be asked for: without AVX the JVM computes Math.fma by BigDecimal, and takes many minutes.
cd "$(dirname "$0")/../.." || exit 2
failed=
for leg in ${*:-SkylakeX Haswell Zen Sandybridge native-2 native-3 java-2 java-3}; do
  case $leg in
    native-*) set -- -Dkernel.jvmOptions="-XX:UseAVX=${leg#native-}" ;;
    java-*) set -- -Dkernel.jvmOptions="-XX:UseAVX=${leg#java-} -Dridgeline.native=off" ;;
    *) export OPENBLAS_CORETYPE="$leg"; set -- ;;
  esac
  echo "== $leg"
  mvn -B -q -Pquick surefire:test@kernel "$@" || failed="$failed $leg"
  unset OPENBLAS_CORETYPE
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
