/// What the running kernel lets programs do, found out by trying.
#pragma once

#include "doctor/facts.hpp"

namespace bpfbuild::doctor {

/// errno of loading a program that does nothing, 0 when the kernel takes it.
int try_to_load();

/// Tries what libbpf knows. It takes the rights to load programs, else everything seems to be absent.
Features probe_features();

}  // namespace bpfbuild::doctor
