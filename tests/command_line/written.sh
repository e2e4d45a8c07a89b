#!/usr/bin/env bash
# written.sh BPFBUILD: every command and every option of it is in the completions and in the manual.
set -eu
bpfbuild=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
for shell in bash fish zsh; do "$bpfbuild" completion "$shell" -o "$directory/$shell"; done
"$bpfbuild" manual -o "$directory/manual"

fail() {
  echo "FAILED: $1"
  exit 1
}

# part NAME START END: puts what is between two lines into a file.
part() {
  sed -n "/$2/,/$3/p" "$directory/$1" >"$directory/part"
}

commands=$("$bpfbuild" --help | sed -n '/^Subcommands:/,$s/^  \([a-z]*\) .*/\1/p')
[ "$(echo "$commands" | wc -l)" -ge 10 ] || fail "there are few commands: $commands"
for command in $commands; do
  grep -q "^    '$command:[A-Z]" "$directory/zsh" || fail "$command is not in zsh's"
  grep -q -- "-a $command -d '[A-Z]" "$directory/fish" || fail "$command is not in fish's"
  options=$("$bpfbuild" "$command" --help | grep -o '^ *\(-[a-z],\)\?--[a-z-]*' | grep -o -- '--.*')
  for option in $options; do
    grep "^    $command) options=" "$directory/bash" >"$directory/part" || fail "$command is not in bash's"
    grep -q -- "[ ']$option[ ']" "$directory/part" || fail "$command $option is not in bash's"
    part zsh "^    $command)\$" ';;$'
    grep -q -- "[',{ ]$option['},]" "$directory/part" || fail "$command $option is not in zsh's"
    grep -q -- "_from $command'.* -l ${option#--} " "$directory/fish" || fail "$command $option is not in fish's"
    part manual "^\.SS $command\$" '^Example:'
    grep -qF -- "\\fB${option//-/\\-}\\fR" "$directory/part" || fail "$command $option is not in the manual"
  done
done

for output in '' '-o -' '--output=-'; do
  (cd "$directory" && "$bpfbuild" manual $output) | cmp - "$directory/manual" || fail "'manual $output' differs from the file"
done
[ ! -e "$directory/-" ] || fail "'-o -' writes a file"

"$bpfbuild" --version | grep -qx 'bpfbuild [0-9][0-9.]*' || fail '--version tells no version'
status=0
"$bpfbuild" completion tcsh 2>"$directory/errors" || status=$?
[ "$status" = 2 ] || fail "an unknown shell ends with $status, not 2"
grep -q "tcsh.*; see 'bpfbuild completion --help'" "$directory/errors" || fail 'an unknown shell is not told'
