#include "emit/enumeration.hpp"

#include <algorithm>
#include <limits>

#include "support/format.hpp"

namespace bpfbuild::emit {

select::Fields enumerators_of(btf::Type type, const select::Fields& wanted) {
  // Of 8 bytes, the others tell in which integer type C has the values.
  if (wanted.all || type.size() == 8) return select::Fields::whole();
  const auto is_negative = [&](std::uint32_t i) { return type.kind_flag() && type.enumerator(i).value < 0; };
  select::Fields written = wanted;
  const bool has_sign = std::any_of(wanted.chosen.begin(), wanted.chosen.end(),
                                    [&](const auto& chosen) { return is_negative(chosen.first); });
  for (std::uint32_t i = 0; !has_sign && i < type.item_count(); ++i) {
    if (!is_negative(i)) continue;
    written.chosen[i] = select::Fields::whole();
    break;
  }
  if (written.chosen.empty() && type.item_count() > 0) written.chosen[0] = select::Fields::whole();
  return written;
}

std::string_view enum_attribute(btf::Type type) {
  switch (type.size()) {
    case 1:
      return " __attribute__((mode(QI)))";
    case 2:
      return " __attribute__((mode(HI)))";
    case 8:
      return " __attribute__((mode(DI)))";
    default:
      return "";
  }
}

std::string enumerator_value(btf::Type type, std::int64_t value) {
  if (type.kind_flag() && value == std::numeric_limits<std::int64_t>::min()) {
    return format("({}LL - 1)", value + 1);
  }
  std::string text =
      type.kind_flag() ? std::to_string(value) : std::to_string(static_cast<std::uint64_t>(value));
  if (type.kind() == btf::Kind::enum64) text += type.kind_flag() ? "LL" : "ULL";
  return text;
}

}  // namespace bpfbuild::emit
