#include "log_source.hpp"

#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "bpfbuild/log.hpp"
#include "libbpf_output.hpp"

namespace bpfbuild {

namespace {

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

Descriptor copy_of(int descriptor) {
  Descriptor copy(fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
  if (copy.get() < 0) fail("log: cannot use the object's maps; load it first");
  return copy;
}

bpf_map_info info_of_map(int map) {
  bpf_map_info info{};
  __u32 size = sizeof(info);
  if (bpf_obj_get_info_by_fd(map, &info, &size) != 0) fail("log: cannot ask for a map");
  return info;
}

/// The ids of the maps that a program uses, and the id of its BTF.
std::vector<__u32> maps_of_program(int program, __u32& btf_id) {
  bpf_prog_info info{};
  __u32 size = sizeof(info);
  std::vector<__u32> ids;
  if (bpf_obj_get_info_by_fd(program, &info, &size) != 0) return ids;
  ids.resize(info.nr_map_ids);
  btf_id = info.btf_id;
  info = {};
  info.nr_map_ids = static_cast<__u32>(ids.size());
  info.map_ids = reinterpret_cast<std::uintptr_t>(ids.data());
  if (bpf_obj_get_info_by_fd(program, &info, &size) != 0) ids.clear();
  ids.resize(std::min<std::size_t>(ids.size(), info.nr_map_ids));
  return ids;
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

std::string object_name(const bpf_object* object) {
  std::string name = bpf_object__name(object);
  if (name.size() > 4 && (name.substr(name.size() - 4) == "_bpf" || name.substr(name.size() - 4) == ".bpf"))
    name.resize(name.size() - 4);
  return name;
}

std::string read_array_map(int map) {
  std::string contents(info_of_map(map).value_size, '\0');
  const __u32 key = 0;
  if (bpf_map_lookup_elem(map, &key, contents.data()) != 0) fail("log: cannot read a map");
  return contents;
}

LogSource log_source_of(bpf_object* object) {
  const bpf_map* const records = bpf_object__find_map_by_name(object, log_records_map);
  const bpf_map* const texts = bpf_object__find_map_by_name(object, log_sites_map);
  const bpf_map* const states = bpf_object__find_map_by_name(object, log_states_map);
  if (!records || !texts || !states)
    throw std::runtime_error(
        "log: object '" + object_name(object) +
        "' does not log; its programs need <bpfbuild/log.bpf.h> and a call such as bpf_info()");
  LogSource source;
  source.object = object_name(object);
  // libbpf 1.5 has no initial value any more for a map that is loaded and not mapped.
  source.sites = read_log_sites(read_array_map(bpf_map__fd(texts)), bpf_object__btf(object));
  source.records = copy_of(bpf_map__fd(records));
  source.states.push_back(copy_of(bpf_map__fd(states)));
  return source;
}

LogSource log_source_of(std::uint32_t map_id, LogSites known_sites) {
  LogSource source;
  source.sites = std::move(known_sites);
  source.records = Descriptor(bpf_map_get_fd_by_id(map_id));
  if (source.records.get() < 0) fail("log: cannot open map " + std::to_string(map_id));
  if (info_of_map(source.records.get()).type != BPF_MAP_TYPE_RINGBUF)
    throw std::runtime_error("log: map " + std::to_string(map_id) +
                             " is no ring buffer; expected one named '" + log_records_map + "'");
  std::vector<__u32> known;  // maps that several programs use
  for (__u32 id = 0; bpf_prog_get_next_id(id, &id) == 0;) {
    const Descriptor program(bpf_prog_get_fd_by_id(id));
    __u32 btf_id = 0;
    const std::vector<__u32> maps =
        program.get() < 0 ? std::vector<__u32>() : maps_of_program(program.get(), btf_id);
    if (std::find(maps.begin(), maps.end(), map_id) == maps.end()) continue;
    const std::unique_ptr<struct btf, decltype(&btf__free)> btf(
        btf_id ? btf__load_from_kernel_by_id(btf_id) : nullptr, btf__free);
    for (const __u32 used : maps) {
      if (std::find(known.begin(), known.end(), used) != known.end()) continue;
      known.push_back(used);
      Descriptor map(bpf_map_get_fd_by_id(used));
      const std::string name = map.get() < 0 ? "" : info_of_map(map.get()).name;
      if (name == log_sites_map) source.sites.merge(read_log_sites(read_array_map(map.get()), btf.get()));
      if (name == log_states_map) source.states.push_back(std::move(map));
    }
  }
  if (source.sites.empty())
    throw std::runtime_error("log: no program that logs to map " + std::to_string(map_id) + " is running");
  return source;
}

LogSites read_log_sites(const std::string& object_file) {
  if (object_file.empty()) return {};
  const LibbpfOutput output;
  const std::unique_ptr<bpf_object, decltype(&bpf_object__close)> object(
      bpf_object__open_file(object_file.c_str(), nullptr), bpf_object__close);
  if (!object) throw std::runtime_error(object_file + ": " + std::strerror(errno));
  bpf_map* const texts = bpf_object__find_map_by_name(object.get(), log_sites_map);
  if (!texts) throw std::runtime_error(object_file + ": this object does not log");
  std::size_t size = 0;
  const void* const text = bpf_map__initial_value(texts, &size);
  return read_log_sites({static_cast<const char*>(text), size}, bpf_object__btf(object.get()));
}

std::vector<std::uint32_t> running_logs(const std::string& object_file) {
  const LogSites wanted = read_log_sites(object_file);
  std::vector<std::uint32_t> ids;
  for (__u32 id = 0; bpf_map_get_next_id(id, &id) == 0;) {
    const Descriptor map(bpf_map_get_fd_by_id(id));
    if (map.get() < 0) continue;
    const bpf_map_info info = info_of_map(map.get());
    if (info.type != BPF_MAP_TYPE_RINGBUF || std::strcmp(info.name, log_records_map) != 0) continue;
    try {
      const LogSource source = log_source_of(id);
      const bool fits = std::any_of(wanted.begin(), wanted.end(),
                                    [&](const auto& site) { return source.sites.count(site.first) > 0; });
      if (wanted.empty() || fits) ids.push_back(id);
    } catch (const std::runtime_error&) {
      // Its programs are gone.
    }
  }
  return ids;
}

}  // namespace bpfbuild
