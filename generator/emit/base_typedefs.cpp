#include "emit/base_typedefs.hpp"

#include <algorithm>

namespace bpfbuild::emit {

bool is_base_typedef(const btf::TypeTable& types, btf::Type type) {
  if (type.kind() != btf::Kind::typedef_) return false;
  const btf::Type target = types.resolved(type.target());
  return target.kind() == btf::Kind::integer &&
         std::any_of(base_typedefs.begin(), base_typedefs.end(), [&](const BaseTypedef& base) {
           return base.name == type.name() && base.size == target.size() &&
                  base.is_signed == target.is_signed_integer();
         });
}

}  // namespace bpfbuild::emit
