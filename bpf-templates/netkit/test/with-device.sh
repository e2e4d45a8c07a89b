#!/bin/sh
# with-device.sh COMMAND...: runs the command in a network of its own, with a netkit device netkit0. Its peer, which the
# kernel calls nk0, has to be up for packets to leave.
exec unshare --net sh -ec '
  ip link add netkit0 type netkit
  ip address add 10.9.8.1/24 dev netkit0
  ip link set nk0 up
  ip link set netkit0 up
  exec "$@"' sh "$@"
