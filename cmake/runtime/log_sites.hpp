/// The places in the source that log, out of the text section of an object.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

struct btf;

namespace bpfbuild {

/// The sections of an object, and its ring buffer; see <bpfbuild/log.bpf.h>.
inline constexpr char log_sites_map[] = ".rodata.bpf_log";
inline constexpr char log_states_map[] = ".data.bpf_log";
inline constexpr char log_records_map[] = "bpf_log";

struct LogSite {
  unsigned level;  // 1 ... 5
  std::string file;
  unsigned line;
  std::string format;
  std::string function;  // empty when unknown
};

/// The id of a site with this text, which ends with 1 to 8 zeros and is a multiple of 8 bytes.
std::uint64_t log_site_id(std::string_view text);

/// The sites of a section, by their id. What is not the text of a site is passed over. `btf`, of the object,
/// knows the functions; it may be null.
std::unordered_map<std::uint64_t, LogSite> read_log_sites(std::string_view section, const struct btf* btf);

}  // namespace bpfbuild
