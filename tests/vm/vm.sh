#!/bin/sh
# vm.sh CASE BPFBUILD GUEST: `bpfbuild vm` with a command that does what CASE says; GUEST is guest.cpp.
# shellcheck disable=SC2016 # what is in single quotes is for an inner shell
set -eu
case=$1 bpfbuild=$2 guest=$3
kernel=debian:bookworm/amd64
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

fail() {
  echo "FAILED: $1" >&2
  head -n 50 output errors | sed 's/^/| /' >&2
  exit 1
}

# run STATUS ARGUMENT...: runs `bpfbuild vm`, which is to end with this status.
run() {
  expected=$1
  shift
  status=0
  "$bpfbuild" vm "$@" >output 2>errors || status=$?
  [ "$status" != 77 ] || [ "$expected" = 77 ] || { cat errors; exit 77; }
  [ "$status" = "$expected" ] || fail "bpfbuild vm $* ends with $status, not $expected"
}
# says FILE TEXT...: FILE has these lines.
says() {
  file=$1
  shift
  for line in "$@"; do
    grep -Eq "$line" "$file" || fail "no '$line' in $file"
  done
}

case $case in
  command)
    echo contents >'a file'
    export VM_TEST_VARIABLE='some value'
    run 3 --kernel "$kernel" --file 'a file' -- "$guest" tell 'two words' ''
    says output '^release 6\.1\.' '^user 0$' '^lo is up$' '^variable some value$' "^directory $work\$" \
      "^argument 'two words'\$" "^argument ''\$" "^file 'contents'\$" '^x{10000}$' '^no line end$'
    for mount in 'proc /proc' 'sysfs /sys' 'bpf /sys/fs/bpf' 'tracefs /sys/kernel/tracing' 'debugfs /sys/kernel/debug' \
      'cgroup2 /sys/fs/cgroup' 'securityfs /sys/kernel/security' 'devtmpfs /dev'; do
      says output "^mount $mount\$"
    done
    [ "$(cat errors)" = 'to standard error' ] || fail 'standard error is not passed on'
    # Scripts bring their interpreter, and a signal is told.
    printf '#!/bin/sh\necho "script $1"; "%s" abort\n' "$guest" >script
    chmod +x script
    run 134 --kernel "$kernel" --file "$guest" --expect 'it runs' -- ./script argument
    says output '^script argument$' '^it runs$'
    # Modules, and those that they depend on; and a command that does not fail, but prints nothing that fits.
    run 1 --kernel "$kernel" --module act-bpf --module 8021q --expect 'no.such.module' -- cat /proc/modules
    says output '^act_bpf ' '^8021q ' '^mrp .* 8021q'
    says errors "^bpfbuild: cat: it printed nothing that fits 'no.such.module'\$"
    ;;
  hang)
    run 125 --kernel "$kernel" --timeout 2 -- "$guest" hang
    says output '^it runs$'
    says errors 'debian:bookworm/amd64: the command did not end within 2 s$'
    ;;
  panic)
    run 125 --kernel "$kernel" -- "$guest" panic
    says output '^it runs$'
    says errors 'bookworm/amd64: the guest panicked: Kernel panic - not syncing: sysrq triggered crash; the console.s end:$' \
      '^  \[.*CR2|^  \[.*Kernel Offset'
    ;;
  killed)
    # SIGTERM, after which QEMU ends with 0.
    for signal in KILL TERM; do
      printf '#!/bin/sh\necho $$ >qemu.pid\nexec qemu-system-x86_64 "$@"\n' >qemu
      chmod +x qemu
      rm -f output
      (
        for _ in $(seq 600); do
          if grep -qs 'it runs' output; then
            kill -$signal "$(cat qemu.pid)"
            exit
          fi
          sleep 0.1
        done
      ) &
      run 125 --kernel "$kernel" --qemu ./qemu -- "$guest" hang
      wait
      says errors 'QEMU ended with (signal 9 \(Killed\)|exit code 0), and the guest had reported nothing'
    done
    says errors 'QEMU says: .*terminating on signal 15'
    # It does not outlive the tool.
    rm -f output
    "$bpfbuild" vm --kernel "$kernel" --qemu ./qemu -- "$guest" hang >output 2>errors &
    tool=$!
    for _ in $(seq 600); do
      grep -qs 'it runs' output && break
      sleep 0.1
    done
    kill -KILL "$tool"
    wait "$tool" || true
    runs() { grep -qs '^State:.[^ZX]' "/proc/$(cat qemu.pid)/status"; } # rather than waits for being noticed
    for _ in $(seq 100); do
      runs || break
      sleep 0.1
    done
    ! runs || fail 'QEMU goes on without the tool'
    ;;
  repeated)
    # A guest that dies before the command begins is started again, and only then.
    cat >qemu <<'END'
#!/bin/sh
echo x >>boots
if [ "$(wc -l <boots)" -le "$DYING_BOOTS" ]; then
  echo '[    0.5] Kernel panic - not syncing: stand-in'
  exit 0
fi
exec qemu-system-x86_64 "$@"
END
    chmod +x qemu
    DYING_BOOTS=2 run 0 --kernel "$kernel" --qemu ./qemu -- "$guest"
    says errors 'the guest panicked before the command began: Kernel panic - not syncing: stand-in' \
      '^bpfbuild: starting it again, 2 of 3$' '^bpfbuild: starting it again, 3 of 3$'
    rm boots
    DYING_BOOTS=9 run 125 --kernel "$kernel" --qemu ./qemu -- "$guest"
    [ "$(wc -l <boots)" = 3 ] || fail 'it is started more than three times'
    [ ! -s output ] || fail 'it says something'
    ;;
  refused)
    run 77 --kernel /no/such/kernel -- "$guest"
    says errors '^bpfbuild: /no/such/kernel: no such kernel$'
    run 77 --kernel debian:buzz -- "$guest"
    says errors '^bpfbuild: debian:buzz/[a-z0-9]*: has not been fetched; run: bpfbuild fetch debian:buzz/[a-z0-9]*$'
    run 2 --kernel debian:../buzz -- "$guest"
    says errors "'debian:../buzz' is no kernel of Debian; expected such as debian:bookworm or debian:trixie/arm64"
    run 1 --kernel "$0" -- "$guest"
    says errors 'vm.sh: not a kernel that can be started here; expected a vmlinuz or Image of x86_64, aarch64 and s390x$'
    run 77 --kernel "$kernel" --module no_such_module -- "$guest"
    says errors "/image: has no module 'no_such_module'; its modules are in '.*/modules'\$"
    run 1 --kernel "$kernel" --module ./empty.ko -- "$guest"
    says errors '^bpfbuild: ./empty.ko: cannot open: No such file or directory$'
    run 2 --kernel "$kernel" --expect '(' -- "$guest"
    says errors "^bpfbuild: --expect '\(': .*; expected a regular expression\$"
    run 2 --kernel "$kernel"
    says errors '^bpfbuild: no command; name it behind --$'
    "$bpfbuild" vm --kernel "$kernel" -- true >output 2>errors || { cat errors; exit 77; }
    run 77 --kernel "$kernel" --qemu /no/such/qemu -- "$guest"
    says errors "'/no/such/qemu' was not found; install it \(Debian and Ubuntu: qemu-system-x86\)"
    run 125 --kernel "$kernel" --qemu false -- "$guest"
    says errors 'QEMU ended before the command began with exit code 1'
    ! grep -q 'starting it again' errors || fail 'it starts again what cannot start'
    run 1 --kernel "$kernel" -- ./nothing
    says errors '^bpfbuild: ./nothing: no such program$'
    run 1 --kernel "$kernel" -- no-such-program
    says errors '^bpfbuild: no-such-program: no such program in PATH$'
    run 1 --kernel "$kernel" --file nothing -- "$guest"
    says errors '^bpfbuild: nothing: no such file$'
    : >empty
    run 1 --kernel "$kernel" -- ./empty
    says errors '^bpfbuild: ./empty: cannot be started in the guest: Permission denied$'
    ;;
esac
