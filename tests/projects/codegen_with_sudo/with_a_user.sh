#!/bin/sh
# with_a_user.sh COMMAND...: runs a command as an ordinary user who may use sudo without a password.
#
# Who starts it as such a user stays that. For root it adds a user, but only in a view of the file system of its own,
# so that the machine has that user neither then nor later.
set -eu

if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null || { echo 'SKIPPED: needs root, or sudo that asks for no password'; exit 0; }
  exec "$@"
fi
for tool in sudo unshare setpriv; do
  command -v "$tool" >/dev/null || { echo "SKIPPED: needs $tool"; exit 0; }
done
if [ "${BPFBUILD_TEST_ETC:-}" = '' ]; then
  BPFBUILD_TEST_ETC=$(mktemp -d)
  export BPFBUILD_TEST_ETC
  trap 'rm -rf "$BPFBUILD_TEST_ETC"' EXIT
  status=0
  unshare --mount --propagation private "$0" "$@" || status=$?
  exit "$status"
fi

user=bpfbuild-test
id=64321
add_line() {
  cp -p "/etc/$1" "$BPFBUILD_TEST_ETC/$1"
  echo "$2" >>"$BPFBUILD_TEST_ETC/$1"
  mount --bind "$BPFBUILD_TEST_ETC/$1" "/etc/$1"
}
add_line passwd "$user:x:$id:$id::/nonexistent:/bin/sh"
add_line group "$user:x:$id:"
add_line shadow "$user:*:19000:0:99999:7:::"
add_line sudoers "$user ALL=(ALL) NOPASSWD: ALL"
exec setpriv --reuid "$id" --regid "$id" --init-groups env -i "PATH=$PATH" LANG=C.UTF-8 "$@"
