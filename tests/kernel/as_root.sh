#!/bin/sh
# as_root.sh COMMAND [ARGUMENT...]: runs it as root, by sudo that asks for no password; ends with 77 where that cannot be.
if [ "$(id -u)" = 0 ]; then
  exec "$@"
fi
sudo -n true 2>/dev/null || { echo 'SKIPPED: needs root, or sudo that asks for no password'; exit 77; }
exec sudo -n "$@"
