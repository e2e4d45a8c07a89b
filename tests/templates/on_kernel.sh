#!/usr/bin/env bash
# on_kernel.sh BPFBUILD KERNEL FOLDER TEMPLATES: one of Debian's kernels takes the programs of all kinds that are built in
# FOLDER, from the version on that their templates name. All of them go into one boot of a virtual machine.
set -uo pipefail
bpfbuild=$1 kernel=$2 folder=$3 templates=$4

objects=()
for manifest in "$templates"/*/template.json; do
  kind=$(basename "$(dirname "$manifest")")
  # What the verifier says of some depends on what user space tells it.
  grep -q bpf_add_verifier_test "$templates/$kind/test/CMakeLists.txt" || continue
  objects+=("$folder/$kind"/*.bpf.o)
done
status=0
table=$("$bpfbuild" verify --kernel "$kernel" "${objects[@]}" 2>&1) || status=$?
echo "$table"
[ $status -le 1 ] || exit $status # 1: some are refused

version=$(sed -n 's/^[^ ]*_bpf  .*  \([0-9.]*\) x86_64  accepted .*/\1/p' <<<"$table" | head -n 1)
[ -n "$version" ] || { echo 'FAILED: no program was accepted'; exit 1; }
failed=0
for object in "${objects[@]}"; do
  kind=$(basename "$(dirname "$object")")
  wanted=$(sed -n 's/.*"kernel": "\([0-9.]*\)".*/\1/p' "$templates/$kind/template.json")
  [ "$(printf '%s\n%s\n' "$wanted" "$version" | sort -V | head -n 1)" = "$wanted" ] || continue
  rows=$(grep "^$(basename "$object" .bpf.o) " <<<"$table")
  if [ -z "$rows" ]; then
    echo "FAILED: $kind: no verdict"
    failed=1
  elif grep -q ' refused' <<<"$rows"; then
    echo "FAILED: $kind: it is for Linux $wanted and newer, and $version refuses it"
    failed=1
  fi
done
exit $failed
