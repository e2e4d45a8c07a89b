#!/bin/sh
# fetch_kernel.sh SUITE ARCHITECTURE DIRECTORY: Debian's newest kernel of a suite, as packaged; ARCHITECTURE is Debian's
# name. `bpfbuild fetch` has this script within itself.
#
# Afterwards DIRECTORY has `image`, its `config`, `release`, and in `modules/` those of networking, which programs are
# attached to, and a few others. What is there already is left as it is. apt checks signatures and hashes, with lists of
# its own: neither the machine's architecture nor its sources matter. Ends with 77 where there is no network or no apt.
set -eu
suite=$1 architecture=$2 directory=$3
mirror=${DEBIAN_MIRROR:-http://deb.debian.org/debian}
modules='net/.*|drivers/net/[^/]*|(.*/)?(xfs|btrfs|vhost|kvm)'
keyring=/usr/share/keyrings/debian-archive-keyring.gpg

fail() { echo "bpfbuild: debian:$suite/$architecture: $1" >&2; exit "${2:-1}"; }
give_up() { fail "$1" 77; }

for program in apt-get dpkg-deb flock; do
  command -v "$program" >/dev/null || give_up "fetching it needs $program"
done
[ -e "$keyring" ] || give_up 'fetching it needs the package debian-archive-keyring'
case $architecture in # the package that depends on the newest kernel
  armhf) package=linux-image-armmp ;;
  ppc64el) package=linux-image-powerpc64le ;;
  *) package=linux-image-$architecture ;;
esac

mkdir -p "$(dirname "$directory")"
exec 9>"$directory.lock"
flock 9
[ ! -e "$directory/release" ] || [ ! -e "$directory/modules/modules.builtin" ] || exit 0
work=$directory.part
rm -rf "$work"
mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial" "$work/etc/none" "$work/contents"
: >"$work/state/status"
echo "deb [signed-by=$keyring] $mirror $suite main" >"$work/etc/sources.list"
cat >"$work/etc/apt.conf" <<END
Dir::State "$work/state";
Dir::State::status "$work/state/status";
Dir::Cache "$work/cache";
Dir::Etc::sourcelist "$work/etc/sources.list";
Dir::Etc::sourceparts "$work/etc/none";
Dir::Etc::preferences "$work/etc/preferences";
Dir::Etc::preferencesparts "$work/etc/none";
APT::Architecture "$architecture";
APT::Architectures { "$architecture"; };
APT::Sandbox::User "root";
Acquire::Languages "none";
Acquire::Retries "2";
END
export APT_CONFIG="$work/etc/apt.conf"
apt-get update -q --error-on=any >"$work/log" 2>&1 || give_up "no package lists: $(grep -m 1 '^[EW]:' "$work/log")"

# depends_on PACKAGE PATTERN: the packages that it needs whose names fit
depends_on() { apt-cache depends --important "$1" | sed -n "s/^ *Depends: \($2\)\$/\1/p"; }
kernel=$(depends_on "$package" 'linux-image-.*' | head -n 1)
[ -n "$kernel" ] || fail "the suite has no package $package"
release=${kernel#linux-image-}
# From 7.0 on the image and the modules have packages of their own.
(cd "$work" && depends_on "$kernel" "linux-[a-z]*-$release" | xargs apt-get download -q "$kernel" >log 2>&1) ||
  give_up "no $kernel: $(grep -m 1 '^[EW]:' "$work/log")"

for package in "$work"/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$work/contents"
done
mkdir -p "$work/done/modules"
find "$work/contents" -type f -name 'vmlinu*' -exec mv {} "$work/done/image" \;
find "$work/contents" -type f \( -name 'config-*' -o -path "*/modules/$release/config" \) -exec mv {} "$work/done/config" \;
find "$work/contents" -type f -name modules.builtin -exec mv {} "$work/done/modules" \;
find "$work/contents" -regextype posix-extended -regex ".*/modules/[^/]*/kernel/($modules)\.ko(\.[a-z0-9]+)?" \
  -exec mv {} "$work/done/modules" \;
echo "$release" >"$work/done/release"
rm -rf "$directory"
mv "$work/done" "$directory"
rm -rf "$work"
