/// Whether the tools go together.
#pragma once

#include <optional>

#include "doctor/facts.hpp"
#include "doctor/places.hpp"

namespace bpfbuild::doctor {

/// Compiles a small program, links it, writes its skeleton and compiles that, as a build does. Nothing when
/// clang, bpftool or libbpf's headers are missing.
std::optional<Trial> try_to_build(const Places& places, const BuildFacts& facts);

}  // namespace bpfbuild::doctor
