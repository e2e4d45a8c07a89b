/// What distributions call the packages that bring what is missing.
#pragma once

#include <string>
#include <string_view>

namespace bpfbuild::doctor {

enum class Package {
  cmake,
  ninja,
  compiler,
  clang,
  llvm,
  libclang,
  bpftool,
  libbpf,
  kernel_headers,
  libarchive,
  pahole,
  qemu_x86,
  qemu_arm,
  qemu,  // for all architectures
  ccache
};

/// A distribution, by its /etc/os-release.
class Distribution {
 public:
  /// `os_release` is the text of that file.
  explicit Distribution(std::string_view os_release);

  /// As it calls itself; "Linux" where it does not.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// The package's name there; empty on a distribution that is not known.
  [[nodiscard]] std::string package(Package package) const;
  /// The command that installs packages; empty on a distribution that is not known.
  [[nodiscard]] std::string install(std::string_view packages) const;

 private:
  enum Family { debian, ubuntu, fedora, arch, suse, unknown };

  std::string name_ = "Linux";
  Family family_ = unknown;
};

}  // namespace bpfbuild::doctor
