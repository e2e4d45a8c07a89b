#!/usr/bin/env bash
# run_kind.sh FOLDER MANIFEST: runs the tests of a project that is built in FOLDER, as root, in a network of its own and
# a fresh cgroup. What the kernel here does not have, by the template's manifest, is skipped.
set -euo pipefail
folder=$1 manifest=$2

if [ "$(id -u)" != 0 ]; then
  sudo -n true 2>/dev/null || { echo 'SKIPPED: needs root, or sudo that asks for no password'; exit 77; }
  exec sudo -n bash "$0" "$@"
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
  IN_NAMESPACE=1 exec unshare --net --mount --propagation unchanged bash "$0" "$@"
fi
# What is mounted here is not seen outside. In a chroot / is no mount, but that of cgroups is.
mount --make-rprivate / 2>/dev/null || mount --make-rprivate /sys/fs/cgroup

# The kernel's version, and options that not all kernels are built with.
wanted=$(sed -n 's/.*"kernel": "\([0-9.]*\)".*/\1/p' "$manifest")
running=$(uname -r | sed 's/^\([0-9]*\.[0-9]*\).*/\1/')
if [ "$(printf '%s\n%s\n' "$wanted" "$running" | sort -V | head -n 1)" != "$wanted" ]; then
  echo "SKIPPED: it is for Linux $wanted and newer, this is $running"
  exit 77
fi
for option in $(sed -n 's/.*"config": \[\(.*\)\].*/\1/p' "$manifest" | tr -d '",'); do
  config=$( (zcat /proc/config.gz || cat "/boot/config-$(uname -r)") 2>/dev/null) || continue
  if ! grep -q "^$option=[ym]" <<<"$config"; then
    echo "SKIPPED: this kernel is built without $option"
    exit 77
  fi
done

ip link set lo up
cgroups=/sys/fs/cgroup
[ -e $cgroups/cgroup.procs ] || cgroups=$cgroups/unified
if [ -e $cgroups/cgroup.procs ]; then
  cgroup=$cgroups/bpfbuild-test-$$
  mkdir "$cgroup"
  trap 'umount "$cgroups"; echo $$ >"$cgroups/cgroup.procs"; rmdir "$cgroup" || true' EXIT
  echo $$ >"$cgroup/cgroup.procs"
  mount --bind "$cgroup" "$cgroups"
fi

status=0
output=$(ctest --test-dir "$folder" --output-on-failure --no-tests=error -C Debug 2>&1) || status=$?
echo "$output"
if [ $status != 0 ] && grep -q "cannot load program .*: Operation not permitted" <<<"$output"; then
  echo 'SKIPPED: this kernel lets not even root load the program'
  exit 77
fi
if grep -q 'Skipped' <<<"$output"; then
  echo 'SKIPPED: as the test of the project was'
  exit 77
fi
exit $status
