#include "emit/places.hpp"

#include <algorithm>

namespace bpfbuild::emit {

void Places::move(std::size_t offset, std::size_t bytes) {
  for (auto start = starts_.rbegin(); start != starts_.rend() && start->offset >= offset; ++start) {
    start->offset += bytes;
  }
}

std::optional<Place> Places::at(std::size_t offset) const {
  const auto is_behind = [](std::size_t wanted, const Start& start) { return wanted < start.offset; };
  auto start = std::upper_bound(starts_.begin(), starts_.end(), offset, is_behind);
  if (start == starts_.begin()) return std::nullopt;
  --start;
  if (start->depth == 0 && start->what == 0) return std::nullopt;

  Place place{0, std::vector<std::uint32_t>(start->depth)};
  for (std::uint32_t depth = start->depth;; --start) {
    if (start->depth != depth) continue;
    if (depth == 0) {
      place.type = start->what;
      return place;
    }
    place.members[--depth] = start->what;
  }
}

}  // namespace bpfbuild::emit
