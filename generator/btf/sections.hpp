/// The two sections of BTF, and BTF that continues other BTF.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "btf/format.hpp"
#include "support/file.hpp"

namespace bpfbuild::btf {

/// Types and strings, with the words in this machine's byte order; their meaning is unchecked.
struct Sections {
  std::span<const std::uint32_t> words;
  std::string_view strings;
  std::vector<std::shared_ptr<const void>> owners;  // of both

  /// Whether this is split BTF, as of a module, which goes on where its base ends: only a base begins with
  /// the empty string.
  [[nodiscard]] bool is_split() const { return strings.empty() || strings.front() != '\0'; }
};

/// Reads the header of BTF in either byte order, and finds the sections. Throws Error ".BTF: WHAT".
Sections read_sections(const Bytes& bytes);

/// The number of bytes from what seems to be a header at the start of `bytes` to the end of its sections;
/// nothing when they do not lie within the bytes.
std::optional<std::size_t> size_of_btf(std::span<const std::byte> bytes);

}  // namespace bpfbuild::btf
