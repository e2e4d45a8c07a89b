#include "doctor/packages.hpp"

#include <algorithm>
#include <array>

#include "support/format.hpp"
#include "support/text.hpp"

namespace bpfbuild::doctor {

namespace {

struct Names {
  Package package;
  std::array<std::string_view, 5> by_family;  // Debian, Ubuntu, Fedora, Arch, openSUSE
};

constexpr std::array table = {
    Names{Package::cmake, {"cmake", "cmake", "cmake", "cmake", "cmake"}},
    Names{Package::ninja, {"ninja-build", "ninja-build", "ninja-build", "ninja", "ninja"}},
    Names{Package::compiler, {"g++", "g++", "gcc-c++", "gcc", "gcc-c++"}},
    Names{Package::clang, {"clang", "clang", "clang", "clang", "clang"}},
    Names{Package::llvm, {"llvm", "llvm", "llvm", "llvm", "llvm"}},
    Names{Package::libclang, {"libclang-dev", "libclang-dev", "clang-libs", "clang", "clang-devel"}},
    // Ubuntu's comes with its kernels' tools.
    Names{Package::bpftool, {"bpftool", "linux-tools-generic", "bpftool", "bpf", "bpftool"}},
    Names{Package::libbpf, {"libbpf-dev", "libbpf-dev", "libbpf-devel", "libbpf", "libbpf-devel"}},
    Names{Package::kernel_headers,
          {"linux-libc-dev", "linux-libc-dev", "kernel-headers", "linux-api-headers", "linux-glibc-devel"}},
    Names{Package::libarchive,
          {"libarchive-dev", "libarchive-dev", "libarchive", "libarchive", "libarchive13"}},
    Names{Package::pahole, {"pahole", "pahole", "dwarves", "pahole", "dwarves"}},
    Names{Package::qemu_x86,
          {"qemu-system-x86", "qemu-system-x86", "qemu-system-x86", "qemu-system-x86", "qemu-x86"}},
    Names{Package::qemu_arm,
          {"qemu-system-arm", "qemu-system-arm", "qemu-system-aarch64", "qemu-system-aarch64", "qemu-arm"}},
    Names{Package::qemu, {"qemu-system", "qemu-system", "qemu", "qemu-full", "qemu"}},
    Names{Package::ccache, {"ccache", "ccache", "ccache", "ccache", "ccache"}},
};

/// The value of a variable of a file that a shell could read.
std::string value_of(std::string_view text, std::string_view variable) {
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    start = end + 1;
    if (!line.starts_with(variable) || line.substr(variable.size(), 1) != "=") continue;
    const std::vector<std::string> words = shell_split(line.substr(variable.size() + 1));
    return words.empty() ? "" : words.front();
  }
  return "";
}

}  // namespace

Distribution::Distribution(std::string_view os_release) {
  if (const std::string name = value_of(os_release, "PRETTY_NAME"); !name.empty()) name_ = name;
  // What it is derived from is what it has packages of, the nearest first.
  std::vector<std::string> ids = shell_split(value_of(os_release, "ID_LIKE"));
  ids.insert(ids.begin(), value_of(os_release, "ID"));
  for (const std::string& id : ids) {
    if (id == "ubuntu") family_ = ubuntu;
    if (id == "debian") family_ = debian;
    if (id == "fedora" || id == "rhel") family_ = fedora;
    if (id == "arch") family_ = arch;
    if (id == "suse" || id.starts_with("opensuse")) family_ = suse;
    if (family_ != unknown) return;
  }
}

std::string Distribution::package(Package package) const {
  if (family_ == unknown) return "";
  const auto row =
      std::find_if(table.begin(), table.end(), [&](const Names& names) { return names.package == package; });
  return std::string(row->by_family[family_]);
}

std::string Distribution::install(std::string_view packages) const {
  switch (family_) {
    case debian:
    case ubuntu:
      return format("sudo apt install {}", packages);
    case fedora:
      return format("sudo dnf install {}", packages);
    case arch:
      return format("sudo pacman -S {}", packages);
    case suse:
      return format("sudo zypper install {}", packages);
    default:
      return "";
  }
}

}  // namespace bpfbuild::doctor
