#include "map_sizes.hpp"

#include <bpf/libbpf.h>

#include <algorithm>
#include <iterator>

namespace bpfbuild {

namespace {

/// By number, since older headers have no names for the last of them.
constexpr unsigned user_ring_buffer = 31, storage_of_cgroups = 32, arena = 33;

/// Those that have as many entries as there are objects of the kernel, and what libbpf counts by itself.
constexpr unsigned without_max_entries[] = {BPF_MAP_TYPE_PERF_EVENT_ARRAY,
                                            BPF_MAP_TYPE_CGROUP_STORAGE,
                                            BPF_MAP_TYPE_PERCPU_CGROUP_STORAGE,
                                            BPF_MAP_TYPE_SK_STORAGE,
                                            BPF_MAP_TYPE_INODE_STORAGE,
                                            BPF_MAP_TYPE_TASK_STORAGE,
                                            storage_of_cgroups};

constexpr unsigned without_value_size[] = {BPF_MAP_TYPE_RINGBUF, user_ring_buffer, arena};

template <typename Types>
bool contains(const Types& types, unsigned type) {
  return std::find(std::begin(types), std::end(types), type) != std::end(types);
}

}  // namespace

std::string_view unset_size(const bpf_map* map) {
  const unsigned type = bpf_map__type(map);
  if (bpf_map__max_entries(map) == 0 && !contains(without_max_entries, type)) return "max_entries";
  if (bpf_map__value_size(map) == 0 && !contains(without_value_size, type)) return "value_size";
  return "";
}

}  // namespace bpfbuild
