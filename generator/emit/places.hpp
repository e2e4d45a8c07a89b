/// What stands where in the text of a header, for readers of programs that are compiled against it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "btf/type_table.hpp"

namespace bpfbuild::emit {

/// A type that the header declares or defines, or a member of it: the indexes of the member, of the member of
/// that one's unnamed type that is meant, and so on.
struct Place {
  btf::TypeId type;
  std::vector<std::uint32_t> members;
};

class Places {
 public:
  /// From `offset` on the text declares or defines a type. Offsets come in rising order.
  void add_definition(std::size_t offset, btf::TypeId type) { starts_.push_back({offset, 0, type}); }

  /// From `offset` on it defines a member, at `depth` 1 one of the type itself, else one of the last member
  /// of the depth before.
  void add_member(std::size_t offset, std::size_t depth, std::uint32_t index) {
    starts_.push_back({offset, static_cast<std::uint32_t>(depth), index});
  }

  /// Up to `offset` reaches what was last.
  void add_end(std::size_t offset) { starts_.push_back({offset, 0, 0}); }

  /// What began at `offset` or behind it has moved on by so many bytes.
  void move(std::size_t offset, std::size_t bytes);

  /// The text begins anew.
  void clear() { starts_.clear(); }

  /// What an offset is part of; nothing ahead of all types and behind them.
  [[nodiscard]] std::optional<Place> at(std::size_t offset) const;

 private:
  struct Start {
    std::size_t offset;
    std::uint32_t depth;
    std::uint32_t what;  // the type, or the index of the member
  };

  std::vector<Start> starts_;
};

}  // namespace bpfbuild::emit
