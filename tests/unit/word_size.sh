#!/bin/sh
# Types of 32-bit kernels, where pointers and long have 4 bytes and 64-bit integers are aligned to 4 bytes (i386) or to
# 8 (arm), have the same layout for BPF, or are refused: `word_size.sh BPFBUILD CLANG`. One file of assertions is
# compiled for the kernel and for BPF. Ends with 77, which ctest takes for "skipped", where there is no pahole.
set -eu
bpfbuild=$1
clang=$2
command -v pahole >/dev/null || { echo "skipped: needs pahole"; exit 77; }

directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
fail() { echo "failed: $1"; exit 1; }

cat >kernel.h <<'END'
struct wide { int a; unsigned long long b; long c; short d; };
struct bits { unsigned long e : 5; long f : 20; unsigned long long g : 40; };
struct outer { char h; struct wide i; long j[3]; };
union either { unsigned long long k; char l[12]; };
struct node { struct node *next; char m; unsigned long n; long long o; };
END
cat >layout.c <<'END'
#ifdef TYPES
#include TYPES
#else
#include "kernel.h"
struct wide wide; struct bits bits; struct outer outer; union either either; struct node node;
#endif
#define AT(type, field, i386, arm) _Static_assert(__builtin_offsetof(type, field) == (IS_ARM ? arm : i386), #field)
#define SIZE(type, i386, arm) _Static_assert(sizeof(type) == (IS_ARM ? arm : i386), #type)
SIZE(struct wide, 20, 24);
AT(struct wide, b, 4, 8);
AT(struct wide, c, 12, 16);
AT(struct wide, d, 16, 20);
SIZE(((struct wide *)0)->c, 4, 4);
SIZE(struct bits, 12, 16);
SIZE(struct outer, 36, 48);
AT(struct outer, i, 4, 8);
AT(struct outer, j, 24, 32);
SIZE(union either, 12, 16);
END

for target in i386-linux-gnu arm-linux-gnueabihf; do
  is_arm=0
  [ "$target" = i386-linux-gnu ] || is_arm=1
  "$clang" -target "$target" -DIS_ARM=$is_arm -g -c layout.c -o "$target.o" || fail "$target has another layout"
  pahole -J "$target.o" || { echo "skipped: this pahole does not write BTF for $target"; exit 77; }
  "$bpfbuild" header --btf "$target.o" --type wide bits outer either node:next,n -o "$target.h"
  "$clang" -target bpf -O2 -g -DIS_ARM=$is_arm "-DTYPES=\"$target.h\"" -c layout.c -o "$target.bpf.o" ||
    fail "the header for $target has another layout: $(cat "$target.h")"

  # BPF has no pointers of 4 bytes, so no struct with them can be right there: fields are found by CO-RE.
  grep -A4 '^// In part only: CO-RE finds where the fields are' "$target.h" >part || fail "no word of the size"
  printf '%s\n' "// In part only: CO-RE finds where the fields are, but the size is not that of the kernel's type." \
    "// The kernel's pointers have 4 bytes: plain access reads these, but BPF_CORE_READ() would read 8." \
    'struct node {' '	struct node *next;' '	unsigned int n;' >expected
  diff expected part || fail "fields of $target"
  for request in '--type node' --full; do
    ! "$bpfbuild" header --btf "$target.o" $request >node.h 2>message || fail "$target: $request"
    grep -q "struct 'node': pointers have 4 bytes in this kernel and 8 in BPF; name the fields that are needed" message ||
      fail "$(cat message)"
  done
done
