/// Numbers by names, for tens of thousands of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace bpfbuild {

/// A hash table in one piece of memory, several times as fast as one with a node for each name, and a third
/// of its size: each place holds a name, and a name is at the first place that was free from where its hash
/// points to on. The names must live as long as the map does.
class NameMap {
 public:
  /// The number of a name, to be changed, until the next call: 0 at first.
  std::uint32_t& operator[](std::string_view name) {
    if (4 * (size_ + 1) > 3 * slots_.size()) grow();
    Slot& slot = slots_[place_of(name)];
    if (slot.text == nullptr) {
      ++size_;
      slot = {name.data(), static_cast<std::uint32_t>(name.size()), 0};
    }
    return slot.number;
  }

  [[nodiscard]] bool contains(std::string_view name) const {
    return !slots_.empty() && slots_[place_of(name)].text != nullptr;
  }

 private:
  struct Slot {
    const char* text = nullptr;  // none for a free place
    std::uint32_t length = 0;
    std::uint32_t number = 0;
  };

  [[nodiscard]] std::size_t place_of(std::string_view name) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t place = std::hash<std::string_view>()(name) & mask;
    while (slots_[place].text != nullptr &&
           std::string_view(slots_[place].text, slots_[place].length) != name) {
      place = (place + 1) & mask;
    }
    return place;
  }

  void grow() {
    const std::vector<Slot> old =
        std::exchange(slots_, std::vector<Slot>(slots_.empty() ? 64 : 4 * slots_.size()));
    for (const Slot& slot : old) {
      if (slot.text != nullptr) slots_[place_of({slot.text, slot.length})] = slot;
    }
  }

  std::vector<Slot> slots_;  // a power of two of them
  std::size_t size_ = 0;
};

}  // namespace bpfbuild
