#include "support/temporary_directory.hpp"

#include <stdlib.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild {

namespace fs = std::filesystem;

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = fs::temp_directory_path() / "bpfbuild-XXXXXX";
  if (::mkdtemp(pattern.data()) == nullptr) {
    throw Error(format("cannot create a directory: {}", std::strerror(errno)), "see TMPDIR").at(pattern);
  }
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace bpfbuild
