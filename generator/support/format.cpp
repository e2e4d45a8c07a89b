#include "support/format.hpp"

#define FMT_HEADER_ONLY
#include <fmt/format.h>

namespace bpfbuild {

std::string vformat(fmt::string_view text, fmt::format_args arguments) {
  return fmt::vformat(text, arguments);
}

}  // namespace bpfbuild
