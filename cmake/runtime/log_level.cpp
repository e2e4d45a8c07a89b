/// What an object's programs send, decided before it is loaded.
#include <bpf/btf.h>
#include <bpf/libbpf.h>

#include <cstring>

#include "bpfbuild/log.hpp"

namespace bpfbuild {

namespace {

/// Where the object keeps a read-only global variable with 4 bytes; null when it has none of this name.
unsigned* find_constant(bpf_object* object, const char* name) {
  const struct btf* const btf = bpf_object__btf(object);
  const int id = btf ? btf__find_by_name_kind(btf, ".rodata", BTF_KIND_DATASEC) : -1;
  bpf_map* const map = bpf_object__find_map_by_name(object, ".rodata");
  if (id < 0 || !map) return nullptr;
  std::size_t size = 0;
  auto* const contents = static_cast<char*>(const_cast<void*>(bpf_map__initial_value(map, &size)));
  const btf_type* const section = btf__type_by_id(btf, static_cast<unsigned>(id));
  for (unsigned i = 0; i < btf_vlen(section); ++i) {
    const btf_var_secinfo& variable = btf_var_secinfos(section)[i];
    const char* const its_name = btf__name_by_offset(btf, btf__type_by_id(btf, variable.type)->name_off);
    if (std::strcmp(its_name, name) == 0 && variable.size == sizeof(unsigned) &&
        variable.offset + sizeof(unsigned) <= size)
      return reinterpret_cast<unsigned*>(contents + variable.offset);
  }
  return nullptr;
}

}  // namespace

bool set_log_level(bpf_object* object, log_level level) {
  unsigned* const variable = find_constant(object, "bpf_log_level");
  if (variable) *variable = static_cast<unsigned>(level);
  return variable != nullptr;
}

}  // namespace bpfbuild
