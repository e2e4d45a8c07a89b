#!/usr/bin/env bash
# installed.sh BPFBUILD PREFIX: completions and the manual are installed where they are looked for.
set -euo pipefail
bpfbuild=$1 share=$2/share
"$bpfbuild" completion bash | cmp - "$share/bash-completion/completions/bpfbuild"
"$bpfbuild" completion zsh | cmp - "$share/zsh/site-functions/_bpfbuild"
"$bpfbuild" completion fish | cmp - "$share/fish/vendor_completions.d/bpfbuild.fish"
"$bpfbuild" manual | cmp - "$share/man/man1/bpfbuild.1"
