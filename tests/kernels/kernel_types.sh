#!/bin/sh
# kernel_types.sh SUITE ARCHITECTURE TARGET WORK TOOLS: every type of one of Debian's kernels, read from
# the image as it is packaged and from modules, comes out of clang for TARGET as it is in the kernel's BTF; where
# TARGET is `none` the kernel has no BTF, and that is told. TOOLS is the directory of the programs, and CLANG in the
# environment is the compiler.
#
# Then the whole header beside bpftool's, both made into DWARF by clang and into BTF by pahole: a second judge of ours,
# and a count of what is wrong or absent in theirs.
set -eu
suite=$1 architecture=$2 target=$3 work=$4 tools=$5
clang=${CLANG:-clang}

fail() { echo "FAILED: $1"; exit 1; }

image=$("$tools/bpfbuild" fetch "debian:$suite/$architecture")
kernel=$(dirname "$image")
mkdir -p "$work"
cd "$work"
echo "Linux $(cat "$kernel/release")"

if [ "$target" = none ]; then
  status=0
  "$tools/bpfbuild" header --btf "$kernel/image" --full 2>message || status=$?
  [ "$status" = 1 ] || fail "it ends with $status, not 1"
  grep -Eq 'without (BTF; it was built without CONFIG_DEBUG_INFO_BTF|a \.BTF section; )' message || fail "it says: $(cat message)"
  exit 0
fi

"$tools/bpfbuild" header --btf "$kernel/image" --full -o ours.h
mkdir -p again
"$tools/bpfbuild" header --btf "$kernel/image" --full -o again/ours.h
cmp ours.h again/ours.h || fail 'a second run writes another header'
grep -q "^// kernel:     $(cat "$kernel/release")\$" ours.h || fail 'the header names another release'

modules=$(find "$kernel/modules" -regextype posix-extended -regex '.*/(nf_tables|xfs|btrfs|vhost|kvm)\.ko.*' | sort)
if [ "$suite" = bullseye ]; then
  modules=  # those of Linux 5.10 have no BTF
fi
# shellcheck disable=SC2086 # modules have no blanks in their names
"$tools/golden_kernel" "$clang" "$target" "$work" "$kernel/image" $modules

[ "$target" = bpfel ] || exit 0
PATH=$PATH:/usr/sbin
for program in bpftool pahole; do
  command -v $program >/dev/null || { echo "not compared with bpftool: needs $program"; exit 0; }
done
"$tools/raw_btf" "$kernel/image" kernel.btf
bpftool btf dump file kernel.btf format c >theirs.h

# btf_of HEADER: what clang and pahole make of it. x86_64 lays out types as BPF does.
btf_of() {
  echo "#include \"$1.h\"" >"$1.c"
  "$clang" -target x86_64-linux-gnu -w -g -fno-eliminate-unused-debug-types -c "$1.c" -o "$1.o"
  pahole -J --btf_gen_floats --btf_encode_detached="$1.btf" "$1.o"
}
btf_of ours
"$tools/compare_btf" kernel.btf ours.btf || fail 'pahole sees other types than the kernel has'
if btf_of theirs; then
  "$tools/compare_btf" kernel.btf theirs.btf >theirs.differences || true
  echo "bpftool: $(tail -n 1 theirs.differences), $(grep -c ' is absent$' theirs.differences || true) of them absent"
else
  echo 'bpftool: its header does not compile'
fi

# What pahole shows of a type: names, offsets and sizes of its members, and all sizes; not how types are spelled.
shown() { pahole -C "$2" "$1" 2>/dev/null | grep -oE '[a-zA-Z0-9_]+(\[[0-9]+\])*( ?:[0-9]+)?;? +/\* .*\*/|/\* (size|sum).*' | tr -s ' '; }
for type in task_struct sk_buff net_device file inode tcp_sock super_block mm_struct; do
  shown kernel.btf "$type" >kernel.shown
  shown ours.btf "$type" >ours.shown
  [ -s kernel.shown ] || fail "pahole shows nothing of $type"
  cmp -s kernel.shown ours.shown || { diff kernel.shown ours.shown | head -n 20; fail "pahole shows another $type"; }
done
