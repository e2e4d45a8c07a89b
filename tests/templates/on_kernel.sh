#!/usr/bin/env bash
# on_kernel.sh BPFBUILD KERNEL FOLDER TEMPLATES CTEST CMAKE_ROOT: the projects of all kinds that are built in FOLDER run
# their tests on one of Debian's kernels, in one boot of a virtual machine. They pass from the version on that the
# template names, unless the kernel is built without what its `config` names; on older kernels the kind does not work.
set -uo pipefail
bpfbuild=$1 kernel=$2 folder=$3 templates=$4 ctest=$5 cmake_root=$6

image=$("$bpfbuild" fetch "$kernel") || exit
release=$(cat "$(dirname "$image")/release") config=$(dirname "$image")/config
version=$(sed 's/^\([0-9]*\.[0-9]*\).*/\1/' <<<"$release")

# All that ctest needs there, and the tests; netkit's are started by a script.
files=("$bpfbuild" "$cmake_root/Modules/CMake.cmake")
PATH=$PATH:/sbin:/usr/sbin
for program in sh ip unshare; do
  file=$(command -v $program) && files+=("$file")
done
while IFS= read -r file; do files+=("$file"); done < <(
  find "$folder" -type f \( -name CTestTestfile.cmake -o -name '*.bpf.o' -o -perm -100 ! -path '*/CMakeFiles/*' \)
  find "$folder/../source" -name '*.sh')
options=()
for file in "${files[@]}"; do options+=(--file "$(realpath --no-symlinks "$file")"); done
options+=(--append lsm=bpf --module cls_bpf --module sch_ingress --timeout 600)
output=$("$bpfbuild" vm --kernel "$kernel" "${options[@]}" -- "$ctest" --test-dir "$folder" --output-on-failure 2>&1)
status=$?
if ! grep -q '^Total Test time' <<<"$output"; then
  echo "$output"
  exit $status
fi

# result TEST: how it ended, such as Passed
result() { sed -n "s/^.* Test *#[0-9]*: $1 [ .*]*\\([A-Z][a-z]*\\) .*/\\1/p" <<<"$output"; }

failed=0
for manifest in "$templates"/*/template.json; do
  kind=$(basename "$(dirname "$manifest")")
  wanted=$(sed -n 's/.*"kernel": "\([0-9.]*\)".*/\1/p' "$manifest")
  lacks=$(sed -n 's/.*"config": \[\(.*\)\].*/\1/p' "$manifest" | tr -d '",' | tr ' ' '\n' |
    while read -r option; do grep -q "^$option=[ym]" "$config" || echo " $option"; done)
  verifier=$(result "a-${kind//./-}.verifier") works=$(result "a-${kind//./-}.works")
  expected=Passed why=
  if [ "$(printf '%s\n%s\n' "$wanted" "$version" | sort -V | head -n 1)" != "$wanted" ]; then
    expected=Failed why=" as expected: it is for Linux $wanted and newer"
  elif [ -n "$lacks" ]; then
    expected=Failed why=" as expected: this kernel is built without$(tr -d '\n' <<<"$lacks")"
  fi
  # The verifier alone may take what an older kernel does not attach; freplace has no such test.
  if [ "$works" = $expected ] && { [ $expected = Failed ] || [ "${verifier:-Passed}" = Passed ]; }; then
    echo "$release  $kind  ${works,,}$why"
  else
    echo "$release  $kind  FAILED: works ${works:-not at all}, verifier ${verifier:-not tried}; expected $expected$why"
    failed=1
  fi
done
[ $failed = 0 ] || echo "$output"
exit $failed
