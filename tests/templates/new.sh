#!/usr/bin/env bash
# new.sh BPFBUILD: what `bpfbuild new` takes and refuses; what is refused leaves nothing behind.
# shellcheck disable=SC2016 # what is in single quotes is meant so
set -uo pipefail
bpfbuild=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
failed=0

# expect STATUS TEXT ARGUMENT...: `bpfbuild new ARGUMENT...` ends with the status, and says the text.
expect() {
  local wanted=$1 text=$2 status=0 output
  shift 2
  output=$("$bpfbuild" new "$@" 2>&1 </dev/null) || status=$?
  if [ $status != "$wanted" ] || ! grep -qF -- "$text" <<<"$output"; then
    printf 'FAILED: bpfbuild new %s\n  ends with %s, not %s, or does not say: %s\n%s\n' "$*" $status "$wanted" "$text" "$output"
    failed=1
  fi
}
# nothing_new WHAT: there is nothing in the folder but what was there before.
nothing_new() {
  [ "$(ls -A)" = "$1" ] || { printf 'FAILED: left behind:\n%s\n' "$(ls -A)"; failed=1; }
}

expect 0 'xdp '
expect 0 'Tells of packets before'
expect 2 "'xpd': no such kind of program; did you mean 'xdp'?" xpd hello
expect 2 "'frobnicate': no such kind of program; 'bpfbuild new' lists them" frobnicate hello
expect 2 'no directory to make the project in; expected bpfbuild new xdp DIRECTORY' xdp
expect 2 "--set 'port': expected KEY=VALUE" xdp hello --set port
expect 2 "--set 'port': given twice" xdp hello --set port=1 --set port=2
expect 2 "--set color=red: kind 'xdp' has no such parameter; expected 'interface' or 'port'" xdp hello --set color=red
expect 2 "--set port='': no value" xdp hello --set port=
expect 2 "a value cannot have '\"'" xdp hello --set 'interface=a"b'
expect 2 "--set port=http: expected a number" xdp hello --set port=http
expect 2 "expected CATEGORY:NAME" tracepoint hello --set tracepoint=sched_switch
expect 2 '--lang: Check rust value in' xdp hello --lang rust

# Names that cannot be: of targets of CMake, and those with other characters.
expect 2 "'test' cannot be the name of a project: CMake uses it itself; give another with --name" xdp test
expect 2 "'my tool' cannot be the name of a project" xdp 'my tool'
expect 2 "'-x' cannot be the name" xdp hello --name=-x
expect 2 "'a.b' cannot be the name" xdp a.b
expect 2 'it has 51 characters, 50 are possible' xdp "$(printf 'x%.0s' $(seq 51))"

# Places that cannot be.
nothing_new ''
mkdir there
expect 1 'there: is there already; give a directory that is not' xdp there
ln -s nowhere link
expect 1 'link: is there already' xdp link
expect 1 "nowhere/hello: 'nowhere' is no directory; make it first" xdp nowhere/hello
if [ "$(id -u)" = 0 ]; then
  ordinary="setpriv --reuid 12345 --clear-groups"
else
  ordinary=
fi
chmod 755 "$folder"
mkdir -m 555 read-only
if $ordinary test -x "$bpfbuild"; then
  output=$($ordinary "$bpfbuild" new xdp read-only/hello 2>&1 </dev/null)
  grep -qF 'read-only/hello: cannot make this directory: Permission denied' <<<"$output" || { echo "FAILED: $output"; failed=1; }
fi
nothing_new "$(printf 'link\nread-only\nthere')"

# Names that can: with dashes and digits, those of C keywords, and others than the directory's.
for name in my-tool 3proxy int x; do
  expect 0 "$name is a project of kind xdp, for Linux 5.8 and newer" xdp "$name"
  [ -e "$name/$name.bpf.c" ] || { echo "FAILED: no $name/$name.bpf.c"; failed=1; }
done
grep -q 'add_bpf_object(my_tool_bpf SOURCES my-tool.bpf.c SKELETON my_tool$' my-tool/CMakeLists.txt || { echo 'FAILED: my-tool'; failed=1; }
grep -q 'add_bpf_object(_3proxy_bpf ' 3proxy/CMakeLists.txt || { echo 'FAILED: 3proxy'; failed=1; }
expect 0 'tool is a project' xdp 'with space/' --name tool
[ -e 'with space/tool.bpf.c' ] || { echo 'FAILED: --name'; failed=1; }
expect 0 "cd 'with space 2'" xdp 'with space 2' --name tool
[ "$(stat -c %a x)" = "$(printf %o $((0777 & ~$(umask))))" ] || { echo 'FAILED: mode of the directory'; failed=1; }

# Values get where they belong; a name that the running kernel does not have is told, but not refused.
expect 0 "warning: --set interface: this machine has no network interface 'lo2'; did you mean 'lo'?" xdp values --set interface=lo2 --set port=53
grep -q 'interface = "lo2"' values/attach.cpp && grep -q 'port = "53"' values/attach.cpp || { echo 'FAILED: values'; failed=1; }
expect 0 'is a project of kind tracepoint' tracepoint digits --set tracepoint=ext4:ext4_da_write_begin2
grep -q 'ext4:ext4_da_write_begin2' digits/attach.cpp || { echo 'FAILED: a name with a digit'; failed=1; }
expect 0 'is a project' xdp in-c --lang c
[ -e in-c/main.c ] && [ ! -e in-c/main.cpp ] || { echo 'FAILED: --lang c'; failed=1; }
! grep -rE '@[A-Z_]+@' . || { echo 'FAILED: a placeholder was left'; failed=1; }

# On a terminal it asks; an answer that the machine does not know is asked for once more.
if command -v script >/dev/null; then
  printf 'lo2\nlo2\n\n' | script -qec "'$bpfbuild' new xdp asked" /dev/null >asked.log
  grep -qF 'network interface whose packets to see [lo]: ' asked.log &&
    grep -qF "this machine has no network interface 'lo2'" asked.log &&
    grep -q 'interface = "lo2"' asked/attach.cpp && grep -q 'port = "0"' asked/attach.cpp ||
    { echo 'FAILED: on a terminal'; cat asked.log; failed=1; }
fi
exit $failed
