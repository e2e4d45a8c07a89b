/// Numbers by names, for tens of thousands of them.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace bpfbuild {

/// A hash table in one piece of memory, several times as fast as one with a node for each name, and a third
/// of its size: each place holds a name, and a name is at the first place that was free from where its hash
/// points to on. The names must live as long as the map does, and end with NUL.
class NameMap {
 public:
  /// Makes room for so many more names.
  void reserve(std::size_t names) {
    const std::size_t places = (size_ + names) * 4 / 3 + 1;
    if (places > slots_.size()) resize(places);
  }

  /// The number of a name, to be changed, until the next call: 0 at first.
  std::uint32_t& operator[](std::string_view name) {
    if (8 * (size_ + 1) > 7 * slots_.size()) resize(std::max<std::size_t>(64, 2 * slots_.size()));
    const std::uint32_t hash = hash_of(name);
    Slot& slot = slots_[place_of(name, hash)];
    if (slot.text == nullptr) {
      ++size_;
      slot = {name.data(), hash, 0};
    }
    return slot.number;
  }

  /// The number of a name that the map has; otherwise nothing.
  std::uint32_t* find(std::string_view name) {
    if (slots_.empty()) return nullptr;
    Slot& slot = slots_[place_of(name, hash_of(name))];
    return slot.text == nullptr ? nullptr : &slot.number;
  }

 private:
  struct Slot {
    const char* text = nullptr;  // none for a free place
    std::uint32_t hash = 0;      // tells most names apart, and where they go when the table grows
    std::uint32_t number = 0;

    [[nodiscard]] bool is(std::string_view name) const {
      return std::strncmp(text, name.data(), name.size()) == 0 && text[name.size()] == '\0';
    }
  };

  static std::uint32_t hash_of(std::string_view name) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>()(name));
  }

  [[nodiscard]] std::size_t place_of(std::string_view name, std::uint32_t hash) const {
    std::size_t place = first_place(hash);
    while (slots_[place].text != nullptr && !(slots_[place].hash == hash && slots_[place].is(name))) {
      place = next_place(place);
    }
    return place;
  }

  [[nodiscard]] std::size_t first_place(std::uint32_t hash) const {
    return static_cast<std::size_t>(std::uint64_t{hash} * slots_.size() >> 32);
  }
  [[nodiscard]] std::size_t next_place(std::size_t place) const {
    return place + 1 == slots_.size() ? 0 : place + 1;
  }

  void resize(std::size_t places) {
    const std::vector<Slot> old = std::exchange(slots_, std::vector<Slot>(places));
    for (const Slot& slot : old) {
      if (slot.text == nullptr) continue;
      std::size_t place = first_place(slot.hash);
      while (slots_[place].text != nullptr) place = next_place(place);
      slots_[place] = slot;
    }
  }

  std::vector<Slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace bpfbuild
