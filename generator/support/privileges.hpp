/// Giving up root.
#pragma once

namespace bpfbuild {

/// Under sudo, becomes the user who called it, for good: kernel BTF that only root may open is open by then,
/// and from there on no byte is parsed and no file written with more rights than that user has. Does nothing
/// when the process is not root or was not started through sudo (SUDO_UID, SUDO_GID). Throws Error when the
/// rights cannot be given up.
void give_up_root_of_sudo();

}  // namespace bpfbuild
