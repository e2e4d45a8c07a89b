/// Where a log is: an object of this process, or maps of what runs already.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "log_sites.hpp"

struct bpf_object;

namespace bpfbuild {

/// A file descriptor that is closed with it.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(other.number_) { other.number_ = -1; }
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

/// What a reader needs. The descriptors are its own.
struct LogSource {
  std::string object;  // name; empty when unknown
  std::unordered_map<std::uint64_t, LogSite> sites;
  Descriptor records;              // the ring buffer
  std::vector<Descriptor> states;  // maps of bpfbuild_log_state
};

/// Of an object that is loaded, or whose maps are reused. Throws std::system_error or std::runtime_error.
LogSource log_source_of(bpf_object* object);

using LogSites = std::unordered_map<std::uint64_t, LogSite>;

/// Of the programs that use the ring buffer with this id: the maps with texts and states that they use as
/// well. `known` are sites that may be among theirs. Throws std::system_error or std::runtime_error.
LogSource log_source_of(std::uint32_t map_id, LogSites known = {});

/// The sites in the file of an object; none of no file. Throws std::runtime_error.
LogSites read_log_sites(const std::string& object_file);

/// "tracer" for what libbpf calls "tracer_bpf" or "tracer.bpf".
std::string object_name(const bpf_object* object);

/// All of an array map with one element.
std::string read_array_map(int map);

}  // namespace bpfbuild
