#include "commands/types.hpp"

#include <iterator>

#include "btf/sources.hpp"
#include "emit/user_types.hpp"
#include "select/exports.hpp"
#include "support/error.hpp"

namespace bpfbuild::commands {

void types(const TypesOptions& options) {
  if (options.types.empty()) throw Error::usage("nothing to write", "name types with --type");

  const btf::Sources sources({options.object});
  const btf::TypeTable table = sources.read().types;
  const std::string object = options.object.filename().native();
  std::vector<select::Export> exports;
  for (const std::string& type : options.types) {
    std::vector<select::Export> found = select::look_up_exports(table, type, object);
    std::move(found.begin(), found.end(), std::back_inserter(exports));
  }

  const std::string file_name = options.output.empty() ? object + ".h" : options.output.filename().native();
  write_if_changed(options.output,
                   emit::user_types(table, exports, options.shared_headers, object, file_name));
}

}  // namespace bpfbuild::commands
