#!/usr/bin/env bash
# manual.sh BPFBUILD: the manual page is good for man and for mandoc. Ends with 77 where there is neither.
set -euo pipefail
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
page=$directory/bpfbuild.1
"$1" manual -o "$page"
checked=
if command -v mandoc >/dev/null; then
  # A date would make each build's page another.
  mandoc -T lint -W warning "$page" | grep -v 'missing date, using ""' && { echo 'FAILED: mandoc warns'; exit 1; }
  mandoc -T utf8 "$page" | sed 's,.\x08,,g' >"$directory/text"
  grep -q '^ *bpfbuild header --type task_struct:real_parent,tgid' "$directory/text" ||
    { echo 'FAILED: the page has no example of header'; exit 1; }
  checked=yes
fi
if command -v man >/dev/null && command -v groff >/dev/null; then
  LC_ALL=C.UTF-8 man --warnings -l "$page" 2>"$directory/warnings" >/dev/null
  [ ! -s "$directory/warnings" ] || { cat "$directory/warnings"; echo 'FAILED: man warns'; exit 1; }
  checked=yes
fi
[ -n "$checked" ] || { echo 'SKIPPED: needs mandoc or man'; exit 77; }
