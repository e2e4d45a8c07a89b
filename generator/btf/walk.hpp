/// From each type of a section to the next.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "btf/format.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::btf {

/// Calls `visit(position, kind)` for each type, with the place of its first word; the types are numbered from
/// `id` on. Throws Error "type [ID]: WHAT" for a type of no known form, or one that does not end within the
/// section.
template <class Visit>
void for_each_type(std::span<const std::uint32_t> words, TypeId id, Visit&& visit) {
  static constexpr auto items_of_kinds = [] {
    std::array<Items, last_kind + 1> items{};
    for (std::uint32_t kind = 0; kind <= last_kind; ++kind) items[kind] = items_of(static_cast<Kind>(kind));
    return items;
  }();
  const auto word_count = static_cast<std::uint32_t>(words.size());
  for (std::uint32_t at = 0; at < word_count; ++id) {
    const std::uint32_t left = word_count - at;
    if (left < 3) throw Error(format("type [{}]: cut off by the end of the type table", id));

    const std::uint32_t info = words[at + 1];
    const std::uint32_t kind = info >> 24 & 0x1f;
    if (kind == 0 || kind > last_kind) {
      throw Error(format("type [{}]: unknown kind {}", id, kind),
                  kind == 0 ? "" : "a newer bpfbuild may know it");
    }
    if ((info & unused_info_bits) != 0) {
      throw Error(format("type [{}] {}: info 0x{:08x} has bits without a known meaning", id,
                         kind_name(static_cast<Kind>(kind)), info),
                  "a newer bpfbuild may know them");
    }
    const Items items = items_of_kinds[kind];
    const std::uint32_t count = 3 + items.words * (items.counted ? info & 0xffff : 1);
    if (left < count) {
      throw Error(format("type [{}] {}: cut off by the end of the type table", id,
                         kind_name(static_cast<Kind>(kind))));
    }
    visit(at, static_cast<Kind>(kind));
    at += count;
  }
}

}  // namespace bpfbuild::btf
