/// The templates that are part of the tool, and what it knows of the machine where it makes projects.
#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "scaffold/project.hpp"
#include "scaffold/running_kernel.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;

namespace {

const std::vector<scaffold::File> files_of(const scaffold::Kind& kind, scaffold::Language language) {
  scaffold::Request request;
  request.name = "my-tool";
  request.language = language;
  return scaffold::instantiate(kind, request);
}

const scaffold::File* find(const std::vector<scaffold::File>& files, const std::string& path) {
  const auto file =
      std::find_if(files.begin(), files.end(), [&](const scaffold::File& each) { return each.path == path; });
  return file == files.end() ? nullptr : &*file;
}

}  // namespace

TEST_CASE("every kind is a whole project in both languages", "[scaffold]") {
  REQUIRE(scaffold::kinds().size() >= 5);
  for (const scaffold::Kind& kind : scaffold::kinds()) {
    INFO(kind.name);
    // It stands between quotes in C, and begins a sentence.
    CHECK(kind.description.find_first_of("\"\\%@\n") == std::string::npos);
    CHECK(kind.description.back() != '.');
    CHECK(kind.kernel.find('.') == 1);
    for (const scaffold::Language language : {scaffold::Language::c, scaffold::Language::cpp}) {
      const std::vector<scaffold::File> files = files_of(kind, language);
      const std::string extension = language == scaffold::Language::c ? ".c" : ".cpp";
      for (const char* const path :
           {"CMakeLists.txt", "CMakePresets.json", "README.md", ".gitignore", ".github/workflows/ci.yml",
            "my-tool.bpf.c", "settings.h", "kernel_types.h", "attach.h", "test/CMakeLists.txt"}) {
        INFO(path);
        CHECK(find(files, path) != nullptr);
      }
      CHECK(find(files, "main" + extension) != nullptr);
      CHECK(find(files, "attach" + extension) != nullptr);
      for (const scaffold::Parameter& parameter : kind.parameters) {
        INFO(parameter.name);  // is an option of the program
        CHECK_THAT(find(files, "attach" + extension)->text, test::contains("\"" + parameter.name + "\""));
      }
    }
  }
}

TEST_CASE("what a machine does not have is doubted, with what it has", "[scaffold]") {
  const test::TemporaryDirectory directory;
  const scaffold::RunningKernel kernel{directory.path()};
  std::filesystem::create_directories(directory.path() / "sys/kernel/tracing/events/sched/sched_switch");
  std::filesystem::create_directories(directory.path() / "sys/kernel/tracing/events/ext4/ext4_da_write_begin2");
  std::filesystem::create_directories(directory.path() / "sys/class/net/eth0");
  std::filesystem::create_directories(directory.path() / "proc");
  directory.file("proc/kallsyms",
                 "0000000000000000 T vfs_unlink\n0000000000000000 d vfs_data\n"
                 "0000000000000000 t nf_hook4\t[nf]\n0000000000000000 T bpf_lsm_file_open\n");

  CHECK(kernel.doubt("tracepoint", "sched:sched_switch") == "");
  CHECK(kernel.doubt("tracepoint", "ext4:ext4_da_write_begin2") == "");
  CHECK(kernel.doubt("tracepoint", "sched:sched_swich") ==
        "this machine has no tracepoint 'sched:sched_swich'; did you mean 'sched:sched_switch'?");
  CHECK(kernel.doubt("function", "vfs_unlink") == "");
  CHECK(kernel.doubt("function", "nf_hook4") == "");
  CHECK(kernel.doubt("function", "vfs_unlnk") ==
        "this machine has no kernel function 'vfs_unlnk'; did you mean 'vfs_unlink'?");
  CHECK(kernel.doubt("function", "vfs_data") == "this machine has no kernel function 'vfs_data'");
  CHECK(kernel.doubt("hook", "file_open") == "");
  CHECK(kernel.doubt("hook", "file_opn") == "this machine has no LSM hook 'file_opn'; did you mean 'file_open'?");
  CHECK(kernel.doubt("interface", "eth0") == "");
  CHECK(kernel.doubt("interface", "eth1") == "this machine has no network interface 'eth1'; did you mean 'eth0'?");
  CHECK(kernel.doubt("binary", "libc.so.6") == "");
  CHECK(kernel.doubt("binary", "/bin/nothing") == "this machine has no file '/bin/nothing'");
  CHECK(kernel.doubt("cgroup", "/sys/fs/cgroup") == "'/sys/fs/cgroup' is no cgroup on this machine");
  CHECK(kernel.doubt("port", "53") == "");
}

TEST_CASE("what cannot be known is not doubted", "[scaffold]") {
  const test::TemporaryDirectory directory;
  const scaffold::RunningKernel kernel{directory.path()};
  CHECK(kernel.doubt("tracepoint", "sched:sched_swich") == "");
  CHECK(kernel.doubt("function", "vfs_unlnk") == "");
  CHECK(kernel.doubt("interface", "eth7") == "");
}

TEST_CASE("where both versions of cgroups are, the second is usual", "[scaffold]") {
  const test::TemporaryDirectory directory;
  const scaffold::RunningKernel kernel{directory.path()};
  CHECK(kernel.default_of("cgroup", "/sys/fs/cgroup") == "/sys/fs/cgroup");
  std::filesystem::create_directories(directory.path() / "sys/fs/cgroup/unified");
  directory.file("sys/fs/cgroup/unified/cgroup.procs", "");
  CHECK(kernel.default_of("cgroup", "/sys/fs/cgroup") == "/sys/fs/cgroup/unified");
  CHECK(kernel.default_of("port", "0") == "0");
}
