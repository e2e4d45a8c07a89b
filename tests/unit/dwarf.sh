#!/bin/sh
# What has only DWARF goes through pahole, compressed or not: `dwarf.sh BPFBUILD COMPILER`.
# Ends with 77, which ctest takes for "skipped", where there is no pahole.
set -eu
bpfbuild=$1
compiler=$2
command -v pahole >/dev/null || { echo "skipped: needs pahole"; exit 77; }

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
fail() { echo "failed: $1"; exit 1; }

echo 'struct foo { int a; long b; float c; } foo;' >foo.c
"$compiler" -x c -g -c foo.c -o vmlinux
gzip -k vmlinux
for file in vmlinux vmlinux.gz; do
  "$bpfbuild" header --btf "$file" --type 'struct foo:b' >foo.h || fail "no header from $file"
  grep -q 'long.* b;' foo.h || fail "no field from $file"
  grep -qx '// kernel:     unknown (types from its DWARF, by pahole)' foo.h || fail "no word of pahole in the header"
done

mkdir empty tmp
status=0
TMPDIR=$directory/tmp PATH=$directory/empty "$bpfbuild" header --btf vmlinux --type foo 2>message || status=$?
[ "$status" = 1 ] || fail "without pahole it ends with $status, not 1"
grep -q '^bpfbuild: vmlinux: .* pahole, which makes one of the other, was not found; install it (Debian and Ubuntu: pahole)$' \
  message ||
  fail "no word of the package: $(cat message)"
printf '#!/bin/sh\necho "no such luck"\nexit 3\n' >empty/pahole
chmod +x empty/pahole
TMPDIR=$directory/tmp PATH=$directory/empty:$PATH "$bpfbuild" header --btf vmlinux.gz --type foo 2>message && fail "no error"
grep -qx 'bpfbuild: vmlinux.gz: has DWARF but no BTF, and pahole could not make one of the other: no such luck' message ||
  fail "no word of the failure: $(cat message)"
[ -z "$(ls tmp)" ] || fail "files are left behind"
