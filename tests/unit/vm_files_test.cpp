/// Kernel images, libraries and the files of guests.
#include "btf_builder.hpp"
#include "catch.hpp"
#include "temporary_directory.hpp"
#include "vm/initramfs.hpp"
#include "vm/kernel_image.hpp"
#include "vm/libraries.hpp"
#include "vm/modules.hpp"
#include "vm/qemu.hpp"

using namespace bpfbuild;
using test::message_of;

namespace {

/// The machine that an image with this text at this offset is for.
std::string machine_of(std::size_t offset, std::string_view text) {
  std::string image(0x10100, '\0');
  image.replace(offset, text.size(), text);
  image[0x236] = 1;  // x86: has an entry point for 64 bits
  return std::string(vm::architecture_of(std::as_bytes(std::span(image))).machine);
}

}  // namespace

TEST_CASE("the architecture of a kernel is told from its image", "[vm.files]") {
  using namespace std::string_view_literals;
  CHECK(machine_of(0x202, "HdrS") == "x86_64");
  CHECK(machine_of(56, "ARM\x64"sv) == "aarch64");
  CHECK(machine_of(0x10008, "S390EP") == "s390x");
  CHECK(machine_of(0,
                   "\x7f"
                   "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\x3e\0"sv) == "x86_64");
  CHECK(machine_of(0,
                   "\x7f"
                   "ELF\2\2\1\0\0\0\0\0\0\0\0\0\0\2\0\x16"sv) == "s390x");
  CHECK(message_of([] {
          machine_of(0,
                     "\x7f"
                     "ELF\2\1\1\0\0\0\0\0\0\0\0\0\2\0\xf3\0"sv);
        }) ==
        "not a kernel that can be started here; expected a vmlinuz or Image of x86_64, aarch64 and s390x");
}

TEST_CASE("damaged zboot images are told", "[vm.files]") {
  const test::TemporaryDirectory directory;
  std::string image = "MZ";
  image.resize(64);
  image.replace(4, 4, "zimg");
  image.replace(8, 8, std::string("\x40\0\0\0\xff\xff\0\0", 8));
  directory.file("image", image);
  const std::string path = directory.path() / "image";
  CHECK(message_of([&] { vm::read_kernel_image(path); }) == path + ": damaged EFI zboot image");
}

TEST_CASE("libraries of a program are found", "[vm.files]") {
  const auto binary = vm::read_binary(BPFBUILD_EXECUTABLE);
  REQUIRE(binary);
  REQUIRE_FALSE(binary->interpreter.empty());
  bool has_loader = false, has_libc = false;
  for (const vm::Needed& each : vm::libraries_of(BPFBUILD_EXECUTABLE, *binary)) {
    CHECK(std::filesystem::exists(each.source));
    has_loader = has_loader || each.path == binary->interpreter;
    has_libc = has_libc || each.path.filename().native().starts_with("libc.so");
  }
  CHECK(has_loader);
  CHECK(has_libc);
}

TEST_CASE("a library that is not there is told", "[vm.files]") {
  vm::Binary binary = *vm::read_binary(BPFBUILD_EXECUTABLE);
  binary.needed = {"libnowhere.so.1"};
  CHECK(message_of([&] { vm::libraries_of("/x/program", binary); }) ==
        "/x/program: needs 'libnowhere.so.1', which was not found; install it, or name its directory in "
        "LD_LIBRARY_PATH");
}

TEST_CASE("files of a guest are an archive of the kernel's format", "[vm.files]") {
  const test::TemporaryDirectory directory;
  std::filesystem::create_directory(directory.path() / "folder");
  directory.file("folder/script", "#!/no/such/interpreter\n");
  vm::Initramfs files;
  files.add_text("/a/b", "contents");
  files.add_text("/a/b", "is there already");
  const std::string archive = files.archive();
  CHECK(archive.starts_with("070701"));
  CHECK(archive.find("a/b") != std::string::npos);
  CHECK(archive.find("contents") != std::string::npos);
  CHECK(archive.find("already") == std::string::npos);
  CHECK(archive.find("TRAILER!!!") != std::string::npos);
  const std::string script = directory.path() / "folder/script";
  CHECK(message_of([&] { files.add_file(directory.path() / "folder"); }) ==
        script + ": its interpreter '/no/such/interpreter' is not there");
}

TEST_CASE("modules are found beside the image, those that are built in and those of unknown kernels are not",
          "[vm.files]") {
  const test::TemporaryDirectory directory;
  const auto found = [&](const std::string& image, const std::string& module) {
    return vm::find_modules(directory.path() / image, {module}).size();
  };
  CHECK(found("boot/vmlinuz-1.0-bpfbuild", "anything") == 0);
  std::filesystem::create_directories(directory.path() / "boot");
  const auto folder = directory.path() / "lib/modules/1.0-bpfbuild";
  std::filesystem::create_directories(folder / "net");
  directory.file("lib/modules/1.0-bpfbuild/modules.builtin", "kernel/net/built-in.ko\n");
  std::filesystem::copy_file("/bin/sh", folder / "net/some-module.ko");
  CHECK(found("boot/vmlinuz-1.0-bpfbuild", "some_module") == 1);
  CHECK(found("boot/vmlinuz-1.0-bpfbuild", "built_in") == 0);
  CHECK(found("boot/vmlinuz-2.0", "some_module") == 0);
  CHECK(message_of([&] { found("boot/vmlinuz-1.0-bpfbuild", "other"); }) ==
        (directory.path() / "boot/vmlinuz-1.0-bpfbuild").native() +
            ": has no module 'other'; its modules are in '" + folder.native() + "'");
}

TEST_CASE("QEMU uses the processor itself where there is KVM, and emulates one where there is not",
          "[vm.files]") {
  vm::Guest guest;
  const auto command = [&](std::string_view architecture, bool with_kvm) {
    guest.architecture = vm::find_architecture(architecture);
    guest.kernel_arguments = "lsm=bpf";
    std::string line;
    for (const std::string& word : vm::qemu_command(guest, with_kvm, "image", "files")) line += word + " ";
    return line;
  };
  using test::contains;
  CHECK_THAT(command("x86", true), contains("-accel kvm -cpu host ") && contains("-machine q35 "));
  CHECK_THAT(command("x86", false),
             contains("-accel tcg -cpu max ") && contains("qemu-system-x86_64 -nodefaults "));
  CHECK_THAT(command("arm64", true), contains("-accel kvm -cpu host ") && contains("-machine virt "));
  CHECK_THAT(command("arm64", false), contains("-accel tcg -cpu cortex-a72 "));
  CHECK_THAT(command("s390", false), contains("-accel tcg -cpu max ") && contains("console=ttyS1 panic=-1 "));
  CHECK_THAT(command("x86", true), contains("-m 256 ") && contains("-kernel image -initrd files -append ") &&
                                       contains(" rdinit=/bpfbuild/init ") && contains(" lsm=bpf "));
  guest.qemu = "./qemu";
  CHECK(command("x86", true).starts_with("./qemu "));
}
