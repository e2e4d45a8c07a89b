#!/bin/sh
# check.sh CMAKE GENERATOR PROJECT PACKAGE: writes headers through sudo, as the user who runs this.
set -eu
cmake=$1 generator=$2 project=$3 package=$4

if [ ! -r "$package/BpfBuildConfig.cmake" ] || [ ! -r "$project/CMakeLists.txt" ]; then
  echo "SKIPPED: other users cannot read $package"
  exit 0
fi
work=$(mktemp -d)
trap 'sudo -n rm -rf "$work"' EXIT
me=$(id -u)
fail() { echo "FAILED: $1" >&2; exit 1; }
quietly() { "$@" >"$work/output" 2>&1 || { cat "$work/output" >&2; fail "$*"; }; }
as_root() { sudo -n "$@"; }
expect_mine() {
  others=$(find "$1" ! -uid "$me")
  [ -z "$others" ] || fail "$2, these belong to others: $others"
}

# Only root can read this kernel.
secret=$work/secret.btf
cp /sys/kernel/btf/vmlinux "$secret"
as_root chown 0:0 "$secret"
as_root chmod 600 "$secret"

configure() { # configure TREE [AS]: in a build directory that does not exist yet
  quietly ${2:+"$2"} "$cmake" -G "$generator" -S "$1/source" -B "$1/out/of/source" "-DBpfBuild_DIR=$package" \
    "-DKERNEL_BTF=$secret" -DCMAKE_BUILD_TYPE=Debug
}
codegen() { # codegen TREE [AS]
  quietly ${2:+"$2"} "$cmake" --build "$1/out/of/source" --target bpf-codegen
}

# check_tree NAME [AS]: configured by the user, or by AS
check_tree() {
  tree=$work/$1
  mkdir "$tree"
  cp -R "$project" "$tree/source"
  rm -f "$tree/source/include/"*.h
  configure "$tree" "${2:-}"
  codegen "$tree" as_root
  expect_mine "$tree" "$1: after codegen"
  grep -q real_parent "$tree/source/include/types.h" || fail "$1: no header"

  # Root configures once more, and ninja's logs are gone; old headers are root's.
  touch "$tree/source/CMakeLists.txt"
  rm -f "$tree/out/of/source/.ninja_log" "$tree/out/of/source/.ninja_deps"
  echo old >"$tree/source/include/types.h"
  as_root chown 0:0 "$tree/source/include/types.h"
  codegen "$tree" as_root
  expect_mine "$tree" "$1: after codegen that configures"
  grep -q real_parent "$tree/source/include/types.h" || fail "$1: no new header"

  # The user goes on without root, with a header and a build tree of their own.
  quietly "$cmake" --build "$tree/out/of/source" --target tgid
  echo '// edited' >>"$tree/source/include/types.h"
  quietly "$cmake" -DKERNEL_BTF=/sys/kernel/btf/vmlinux "$tree/out/of/source"
  codegen "$tree"
  ! grep -q edited "$tree/source/include/types.h" || fail "$1: no header without root"
  quietly "$cmake" --build "$tree/out/of/source" --target tgid
  rm -r "$tree" || fail "$1: the user cannot delete it"
}
check_tree by_user
check_tree by_root as_root

# Where links lead somewhere else, root writes neither there nor anywhere.
tree=$work/links
mkdir "$tree"
cp -R "$project" "$tree/source"
configure "$tree"
include=$tree/source/include
roots=$work/roots
as_root mkdir "$roots"
echo precious | as_root tee "$roots/file" >/dev/null
expect_unharmed() {
  [ "$(cat "$roots/file")" = precious ] || fail "$1: root's file was changed"
  [ "$(ls -A "$roots")" = file ] || fail "$1: a file is in root's directory"
  expect_mine "$tree" "$1"
}
expect_refusal() {
  if as_root "$cmake" --build "$tree/out/of/source" --target bpf-codegen-types >"$work/output" 2>&1; then
    fail "$1: written"
  fi
  grep -q 'cannot write: Permission denied' "$work/output" || { cat "$work/output" >&2; fail "$1: no message"; }
  expect_unharmed "$1"
}
rm -f "$include/types.h"
ln -s "$roots/file" "$include/types.h"
expect_refusal 'a link as OUTPUT'
ln -sf "$roots/new" "$include/types.h"
codegen "$tree" as_root
expect_unharmed 'a link to nothing as OUTPUT'
rm -r "$include"
ln -s "$roots" "$include"
expect_refusal 'a link as the directory of OUTPUT'
rm "$include"

# What cannot be given back is told.
mkdir "$work/tree"
as_root touch "$work/tree/file"
! (cd "$work/tree" && SUDO_UID=$me SUDO_GID=$me "$cmake" -P "$package/BpfBuildReturnOwnership.cmake") 2>"$work/output" ||
  fail 'chown without root was not noticed'
grep -q "files of root cannot be given to user $me" "$work/output" || fail 'chown without root: no message'

# The name of the temporary file holds the process id, which is 1 here.
bpfbuild=$(sed -n 's/^ *IMPORTED_LOCATION[A-Z_]* "\(.*\)"$/\1/p' "$package"/BpfBuildTargets*.cmake | head -n 1)
bpfbuild=$(printf %s "$bpfbuild" | sed "s|\${_IMPORT_PREFIX}|${package%/lib*/cmake/BpfBuild}|")
[ -x "$bpfbuild" ] || fail "no tool at '$bpfbuild'"
mkdir "$include"
ln -s "$roots/new" "$include/.types.h.1-0"
as_root unshare --pid --fork "$bpfbuild" header --btf "$secret" --type task_struct:tgid -o "$include/types.h" ||
  fail 'a link as the temporary file: not written'
[ -L "$include/.types.h.1-0" ] || fail 'a link as the temporary file: it was replaced'
expect_unharmed 'a link as the temporary file'

# What reads the kernel's types does it as the user: pahole, which is run for that, tells.
mkdir "$work/bin"
printf '#!/bin/sh\nid -u >"%s/reader"\nexit 1\n' "$work" >"$work/bin/pahole"
chmod +x "$work/bin/pahole"
cc=$(sed -n 's/^CMAKE_CXX_COMPILER:[A-Z]*=//p' "$tree/out/of/source/CMakeCache.txt")
echo 'struct task_struct { int tgid; } task;' >"$work/dwarf.cpp"
"$cc" -g -c "$work/dwarf.cpp" -o "$work/dwarf.o"
! as_root env "PATH=$work/bin:$PATH" "$bpfbuild" header --btf "$work/dwarf.o" --type task_struct 2>/dev/null ||
  fail 'a broken pahole was not noticed'
[ "$(cat "$work/reader")" = "$me" ] || fail "types are read as user $(cat "$work/reader"), not $me"
echo "all checks passed for $generator"
