#include "log_sites.hpp"

#include <bpf/btf.h>

#include <charconv>
#include <cstring>
#include <map>
#include <optional>
#include <string>

namespace bpfbuild {

namespace {

/// The functions that the sites of the section belong to, by the offset of the site. A variable inside of a
/// function is called "FUNCTION.VARIABLE", with a number behind it where there are several.
std::map<std::size_t, std::string> find_functions(const struct btf* btf) {
  std::map<std::size_t, std::string> functions;
  const int id = btf ? btf__find_by_name_kind(btf, log_sites_map, BTF_KIND_DATASEC) : -1;
  const btf_type* const section = id > 0 ? btf__type_by_id(btf, static_cast<unsigned>(id)) : nullptr;
  if (!section) return functions;
  const btf_var_secinfo* const variables = btf_var_secinfos(section);
  for (unsigned i = 0; i < btf_vlen(section); ++i) {
    const btf_type* const variable = btf__type_by_id(btf, variables[i].type);
    std::string_view name = variable ? btf__name_by_offset(btf, variable->name_off) : "";
    name = name.substr(0, name.find('.'));
    // What BPF_PROG() and its like make of a program.
    while (name.size() > 1 && name.substr(0, 2) == "__") name.remove_prefix(2);
    functions.emplace(variables[i].offset, name);
  }
  return functions;
}

std::optional<unsigned> number(std::string_view text) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// Takes the text up to the next separator off `rest`.
std::string_view take(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\1'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

}  // namespace

std::uint64_t log_site_id(std::string_view text) {
  std::uint64_t id = text.size();
  for (std::size_t i = 0; i + 8 <= text.size() && i < 512; i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, sizeof(word));
    id = (id ^ word) * 0x9e3779b97f4a7c15U;
    id ^= id >> 32;
  }
  return id;
}

std::unordered_map<std::uint64_t, LogSite> read_log_sites(std::string_view section, const struct btf* btf) {
  std::unordered_map<std::uint64_t, LogSite> sites;
  const std::map<std::size_t, std::string> functions = find_functions(btf);
  for (std::size_t start = 0; start < section.size();) {
    if (section[start] != '\1') {
      ++start;
      continue;
    }
    const std::size_t end = section.find('\0', start);
    if (end == std::string_view::npos) break;
    const std::size_t size = (end + 1 - start + 7) / 8 * 8;
    std::string_view rest = section.substr(start + 1, end - start - 1);
    const std::optional<unsigned> level = number(take(rest));
    const std::string_view file = take(rest);
    const std::optional<unsigned> line = number(take(rest));
    if (level && *level >= 1 && *level <= 5 && line && start + size <= section.size()) {
      const auto function = functions.find(start);
      sites.emplace(log_site_id(section.substr(start, size)),
                    LogSite{*level, std::string(file), *line, std::string(rest),
                            function == functions.end() ? std::string() : function->second});
    }
    start = end + 1;
  }
  return sites;
}

}  // namespace bpfbuild
