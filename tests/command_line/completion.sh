#!/usr/bin/env bash
# completion.sh BPFBUILD SHELL: a shell on a terminal completes command lines. Ends with 77 where there is none.
set -euo pipefail
bpfbuild=$1 shell=$2
for program in "$shell" script; do
  command -v "$program" >/dev/null || { echo "SKIPPED: needs $program"; exit 77; }
done
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
cd "$directory"
"$bpfbuild" completion "$shell" >completion
touch kernel.btf
mkdir bin
printf '#!/bin/sh\necho "ran:$*:"\n' >bin/bpfbuild
chmod +x bin/bpfbuild
export PATH=$directory/bin:$PATH HOME=$directory TERM=xterm

# expect LINE WORDS: the words that the shell makes of a line, in which tabs ask for completion.
expect() {
  local line=$1 words=$2
  if [ "$shell" = fish ]; then
    # fish completes without a terminal as well, and tells all that is possible.
    local last=${line##*$'\t'} word
    [ -z "$last" ] || return 0
    fish --no-config -c "source completion; complete -C '${line%$'\t'}'" >"$directory/possible"
    word=${words##* }
    cut -f 1 possible | grep -qx -- "$word" || { echo "FAILED: fish offers no '$word' for '$line', but:"; cat possible; exit 1; }
    return
  fi
  printf '%s\n' "$line" >>lines
  printf '%s\n' "$words" >>expected
}

expect $'bpfbuild che\t' 'check'
expect $'bpfbuild check ker\t' 'check kernel.btf'
expect $'bpfbuild check kernel.btf --form\t' 'check kernel.btf --format'
expect $'bpfbuild check kernel.btf --format js\t' 'check kernel.btf --format json'
expect $'bpfbuild header --clos\t' 'header --closure'
expect $'bpfbuild header --closure poi\t' 'header --closure pointer'
expect $'bpfbuild header --btf ker\t' 'header --btf kernel.btf'
expect $'bpfbuild new xd\t' 'new xdp'
expect $'bpfbuild completion fi\t' 'completion fish'
expect $'bpfbuild --vers\t' '--version'
if [ "$shell" = bash ]; then
  expect $'bpfbuild header --closure=fie\t' 'header --closure=fields'
  expect $'bpfbuild check --format json ker\t' 'check --format json kernel.btf'
  expect $'bpfbuild header --source x -- -Iker\t' 'header --source x -- -Iker'
fi
[ "$shell" != fish ] || exit 0

# The shell gets a line when it has run the one before it, for it takes what is typed too early for itself.
{
  case $shell in
    bash) echo 'source completion; echo ran:ready:' ;;
    zsh) echo 'autoload -Uz compinit; compinit -u -D; source ./completion; echo ran:ready:' ;;
  esac
  count=1
  while IFS= read -r line; do
    for _ in $(seq 100); do
      [ "$(grep -ac '^[^ ]*ran:.*:' output 2>/dev/null)" -ge "$count" ] && break
      sleep 0.1
    done
    printf '%s\n' "$line"
    count=$((count + 1))
  done <lines
  for _ in $(seq 100); do
    [ "$(grep -ac '^[^ ]*ran:.*:' output 2>/dev/null)" -ge "$count" ] && break
    sleep 0.1
  done
  echo exit
} | case $shell in
  bash) timeout 100 script -qec 'bash --norc --noprofile -i' /dev/null ;;
  zsh) timeout 100 script -qec 'zsh -f -i' /dev/null ;;
esac >output || true
sed -n 's/\r$//; s/^[^ ]*ran:\(.*\):$/\1/p' output | sed '1d; s/ *$//' >words
diff expected words || { echo "FAILED: what $shell makes of lines (>) is not what is expected (<)"; exit 1; }
