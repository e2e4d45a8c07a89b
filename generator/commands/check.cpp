#include "commands/check.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "btf/sources.hpp"
#include "commands/kernel_files.hpp"
#include "commands/report.hpp"
#include "compare/difference.hpp"
#include "compare/header_types.hpp"
#include "select/kfuncs.hpp"
#include "select/spec.hpp"
#include "support/error.hpp"
#include "support/file.hpp"
#include "support/format.hpp"
#include "support/privileges.hpp"
#include "support/text.hpp"

namespace bpfbuild::commands {

namespace {

namespace fs = std::filesystem;
using compare::Change;
using compare::Difference;

/// What a header was asked to hold.
class Request {
 public:
  explicit Request(const std::vector<std::string>& words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      if (words[i] == "--full") {
        everything_ = true;
      } else if (words[i] == "--source") {
        everything_ = true;
        ++i;
      } else if (words[i].starts_with("--")) {
        if (words[i] == "--kfunc" && i + 1 < words.size()) kfuncs_.push_back(words[i + 1]);
        ++i;
      } else {
        specs_.push_back(select::parse_type_spec(words[i]));
      }
    }
  }

  [[nodiscard]] const std::vector<std::string>& kfuncs() const { return kfuncs_; }

  [[nodiscard]] bool names_enumerator(const std::string& of_enum, const std::string& enumerator) const {
    return everything_ || std::any_of(specs_.begin(), specs_.end(), [&](const select::TypeSpec& spec) {
             if (!spec.names_enumerators()) return matches(spec.name, of_enum);
             return std::any_of(spec.fields.begin(), spec.fields.end(),
                                [&](const auto& path) { return matches(path.front(), enumerator); });
           });
  }

 private:
  std::vector<select::TypeSpec> specs_;
  std::vector<std::string> kfuncs_;
  bool everything_ = false;
};

/// Arguments for one kernel each, with the files of directories in the place of these.
std::vector<std::string> kernels(const std::vector<std::string>& arguments) {
  std::vector<std::string> all;
  for (const std::string& argument : arguments) {
    const fs::path path = kernel_files({argument}, {}).front().btf.front();
    if (!fs::is_directory(path)) {
      all.push_back(argument);
      continue;
    }
    const std::string prefix = argument.substr(0, argument.size() - path.native().size());
    for (const fs::path& file : files_in(path)) all.push_back(prefix + file.native());
  }
  return all;
}

/// Those of the bases that are of the kernel's architecture.
std::vector<std::string> bases_of(const std::string& kernel, const std::vector<std::string>& bases) {
  const auto architecture = [](const std::string& argument) {
    return kernel_files({argument}, {}).front().architecture;
  };
  std::vector<std::string> of_kernel;
  std::copy_if(bases.begin(), bases.end(), std::back_inserter(of_kernel),
               [&](const std::string& base) { return architecture(base) == architecture(kernel); });
  return of_kernel;
}

std::vector<Difference> differences(const compare::Header& header, const btf::TypeTable& kernel,
                                    std::string_view kernel_name) {
  const Request request(header.request());
  const compare::Counterparts counterparts(kernel);
  std::vector<Difference> all;
  header.for_each([&](const btf::TypeTable& types, btf::TypeId id, const compare::NamedType& named) {
    const btf::TypeId other = counterparts.find(named.keyword, named.name, types, id);
    if (other == 0) return all.push_back({named.spelled(), {}, Change::missing, {}, {}, false});
    for (Difference& difference : compare::compare(types, id, named.spelled(), kernel, other)) {
      if (difference.change == Change::added) continue;
      if (types.resolved(id).is_enum() && !request.names_enumerator(named.name, difference.member)) continue;
      all.push_back(std::move(difference));
    }
  });
  for (const std::string& kfunc : request.kfuncs()) {
    try {
      select::look_up_kfuncs(kernel, kfunc, kernel_name);
    } catch (const Error&) {
      all.push_back({"kfunc " + kfunc, {}, Change::missing, {}, {}, false});
    }
  }
  return all;
}

/// The programs that a header was made for are named in it without their directories and flags, and only
/// reading them again would tell whether it is still what they use.
std::vector<std::string> without_sources(std::vector<std::string> words) {
  for (auto word = words.begin(); word != words.end();) {
    word = *word == "--source" ? words.erase(word, word + 2) : word + 1;
  }
  return words;
}

void check_request(const compare::Header& header, const CheckOptions& options) {
  const std::vector<std::string> wanted = request(options.wanted);
  if (wanted.empty() || wanted == without_sources(header.request())) return;
  const auto joined = [](const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : " ") + shell_quote(word);
    return text;
  };
  throw Error(format("was made for {}, not for {}", joined(header.request()), joined(wanted)),
              "write it anew, as with: " + header.regenerate())
      .at(options.header.native());
}

}  // namespace

bool check(const CheckOptions& options) {
  std::vector<std::string> arguments = kernels(options.btf);
  if (arguments.empty()) arguments.emplace_back(btf::running_kernel);
  std::vector<KernelFiles> files;
  std::vector<btf::Sources> sources;
  for (const std::string& argument : arguments) {
    files.push_back(kernel_files({argument}, bases_of(argument, options.base_btf)).front());
    sources.emplace_back(files.back().btf, files.back().base);
  }
  give_up_root_of_sudo();

  std::map<std::string, compare::Header> headers;  // by architecture
  std::vector<KernelReport> reports;
  std::size_t breaks = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string& architecture = files[i].architecture;
    const compare::Header& header =
        headers.try_emplace(architecture, options.header, options.clang, architecture).first->second;
    check_request(header, options);
    const btf::Kernel kernel = sources[i].read();
    reports.push_back({files[i].btf.front().native(), architecture, kernel.release,
                       differences(header, kernel.types, sources[i].name())});
    breaks += count_breaks(reports.back().differences);
  }
  write_to_standard_output(report(reports, options.format, "as in the header"));
  return breaks == 0;
}

}  // namespace bpfbuild::commands
