#include "catch.hpp"
#include "doctor/packages.hpp"

using bpfbuild::doctor::Distribution;
using bpfbuild::doctor::Package;

TEST_CASE("packages have the names of the distribution, or of that which it is derived from",
          "[doctor.packages]") {
  struct Case {
    const char* os_release;
    const char* command;
    const char* bpftool;
    const char* libbpf;
    const char* qemu;
  };
  const Case cases[] = {
      {"PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian\n", "sudo apt install x", "bpftool",
       "libbpf-dev", "qemu-system-x86"},
      {"NAME=\"Ubuntu\"\nID=ubuntu\nID_LIKE=debian\n", "sudo apt install x", "linux-tools-generic",
       "libbpf-dev", "qemu-system-x86"},
      {"ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n", "sudo apt install x", "linux-tools-generic", "libbpf-dev",
       "qemu-system-x86"},
      {"ID=fedora\nVERSION_ID=41\n", "sudo dnf install x", "bpftool", "libbpf-devel", "qemu-system-x86"},
      {"ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n", "sudo dnf install x", "bpftool", "libbpf-devel",
       "qemu-system-x86"},
      {"ID=arch\n", "sudo pacman -S x", "bpf", "libbpf", "qemu-system-x86"},
      {"ID=manjaro\nID_LIKE=arch", "sudo pacman -S x", "bpf", "libbpf", "qemu-system-x86"},
      {"ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"\n", "sudo zypper install x", "bpftool",
       "libbpf-devel", "qemu-x86"},
      {"ID=slackware\n", "", "", "", ""},
      {"", "", "", "", ""},
  };
  for (const Case& each : cases) {
    CAPTURE(each.os_release);
    const Distribution distribution(each.os_release);
    CHECK(distribution.install("x") == each.command);
    CHECK(distribution.package(Package::bpftool) == each.bpftool);
    CHECK(distribution.package(Package::libbpf) == each.libbpf);
    CHECK(distribution.package(Package::qemu_x86) == each.qemu);
  }
}

TEST_CASE("every package has a name on every distribution that is known", "[doctor.packages]") {
  for (const char* os_release : {"ID=debian", "ID=ubuntu", "ID=fedora", "ID=arch", "ID=suse"}) {
    const Distribution distribution(os_release);
    for (int i = 0; i <= static_cast<int>(Package::ccache); ++i) {
      CAPTURE(os_release, i);
      CHECK_FALSE(distribution.package(static_cast<Package>(i)).empty());
    }
  }
}

TEST_CASE("a distribution has the name that it gives itself", "[doctor.packages]") {
  CHECK(Distribution("PRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\nID=debian").name() ==
        "Debian GNU/Linux 12 (bookworm)");
  CHECK(Distribution("ID_LIKE=debian\n# PRETTY_NAME=x\nPRETTY_NAMES=y").name() == "Linux");
}
