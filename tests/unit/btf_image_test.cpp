#include "btf/image.hpp"

#include "btf/parser.hpp"
#include "btf_builder.hpp"
#include "catch.hpp"
#include "compress.hpp"
#include "elf_builder.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::bytes_of;
using test::compress;
using test::every_compression;
using test::message_of;

namespace {

const std::string banner = "Linux version 6.1.0-44-amd64 (debian-kernel@lists.debian.org) (gcc-12)";

BtfBuilder kernel() {
  BtfBuilder b;
  const auto number = b.signed_integer("int", 4);
  b.structure("task_struct", 4, {{"pid", number, 0}});
  return b;
}

/// As Linux lies in memory: code, the banner, BTF, more code.
std::string flat(const std::string& btf) {
  return std::string(5001, '\x7e') + banner + std::string(3000, '\0') + btf + std::string(70000, '\x7e');
}

std::string elf(const std::vector<test::SectionSpec>& sections) {
  const test::TemporaryDirectory directory;
  test::write_elf(directory.path() / "vmlinux", sections);
  return test::contents_of(directory.path() / "vmlinux");
}

/// As x86 and s390 start, and what is an EFI zboot image: a program, the compressed kernel, its size, and
/// more.
std::string boot_image(const std::string& kernel, Compression compression) {
  return "MZ" + std::string(3000, '\x90') + compress(kernel, compression) +
         test::little_endian(static_cast<std::uint32_t>(kernel.size())) + std::string(9000, '\x90');
}

btf::Contents found(const std::string& file) {
  btf::Work work;
  auto contents = btf::find_btf(bytes_of(file), work);
  REQUIRE(contents);
  return *contents;
}

void check_kernel(const std::string& file) {
  const btf::Contents contents = found(file);
  CHECK(contents.kernel_release == "6.1.0-44-amd64");
  CHECK(contents.btf.view.size() == kernel().contents().size());
  CHECK(btf::parse(contents.btf)[2].name() == "task_struct");
}

std::string error_of(const std::string& file, btf::Work work = {}) {
  return message_of([&] { btf::find_btf(bytes_of(file), work); });
}

}  // namespace

TEST_CASE("the BTF of a flat image is found, in both byte orders", "[btf.image]") {
  check_kernel(flat(kernel().contents()));
  check_kernel(flat(kernel().contents(true)));
}

TEST_CASE("an image may be compressed as a whole", "[btf.image]") {
  for (const Compression compression : every_compression) {
    CAPTURE(compression_name(compression));
    check_kernel(compress(flat(kernel().contents(true)), compression));
  }
}

TEST_CASE("an image may decompress itself", "[btf.image]") {
  const std::string vmlinux = elf({{".rodata", banner}, {".BTF", kernel().contents()}});
  for (const Compression compression : every_compression) {
    CAPTURE(compression_name(compression));
    check_kernel(boot_image(vmlinux, compression));
    check_kernel(boot_image(flat(kernel().contents(true)), compression));
  }
}

TEST_CASE("what only looks like BTF or compressed data is passed over", "[btf.image]") {
  BtfBuilder program;  // larger than the kernel's, but of no kernel
  for (int i = 0; i < 50; ++i) program.integer("int" + std::to_string(i), 4);
  const std::string header = kernel().contents().substr(0, 20);
  const std::string chaff =
      program.contents() + header + "\x1f\x8b\x08 \x28\xb5\x2f\xfd BZh \x02\x21\x4c\x18 ";
  check_kernel(chaff.substr(1) + flat(chaff + kernel().contents()) + chaff);
  check_kernel(
      "MZ" + chaff +
      boot_image(elf({{".rodata", banner}, {".BTF", kernel().contents()}}), Compression::lz4_legacy));
}

TEST_CASE("a kernel without BTF is told from what is no kernel", "[btf.image]") {
  const std::string message = "Linux 6.1.0-44-amd64 without BTF; it was built without CONFIG_DEBUG_INFO_BTF";
  CHECK(error_of(flat("")) == message);
  CHECK(error_of(boot_image(flat(""), Compression::xz)) == message);
  CHECK(error_of(boot_image(elf({{".text", "x"}}), Compression::gzip)) ==
        "ELF file without a .BTF section; a BPF object needs clang -g, a kernel CONFIG_DEBUG_INFO_BTF");
  btf::Work work;
  CHECK_FALSE(btf::find_btf(bytes_of("plain text"), work));
  CHECK_FALSE(btf::find_btf(bytes_of(""), work));
}

TEST_CASE("a kernel whose BTF cannot be read says why", "[btf.image]") {
  BtfBuilder b = kernel();
  b.add(static_cast<btf::Kind>(btf::last_kind + 1), "future", 0);
  CHECK(error_of(flat(b.contents())) ==
        "BTF at 0x1f87: type [3]: unknown kind 20; a newer bpfbuild may know it");
}

TEST_CASE("a module tells its kernel, and BTF on another base is refused", "[btf.image]") {
  const std::string btf = kernel().contents();
  CHECK(found(elf({{".modinfo", std::string("license=GPL\0vermagic=6.1.0-44-amd64 SMP mod_unload", 49)},
                   {".BTF", btf}}))
            .kernel_release == "6.1.0-44-amd64");
  CHECK(error_of(elf({{".BTF", btf}, {".BTF.base", btf}})) ==
        "was built apart from its kernel, so its BTF has a base of its own (.BTF.base); load the module, and "
        "read it "
        "from /sys/kernel/btf");
}

TEST_CASE("the work that goes into a file is limited", "[btf.image]") {
  std::string headers;
  const std::string header = kernel().contents().substr(0, 24);
  for (int i = 0; i < 100000; ++i) headers += header;
  CHECK(error_of(headers.substr(1)) == "has too many parts that look like BTF or compressed data");

  std::string layers = flat(kernel().contents());
  for (int i = 0; i < 3; ++i) layers = compress(layers, Compression::gzip);
  check_kernel(layers);
  btf::Work work;
  CHECK_FALSE(
      btf::find_btf(bytes_of(compress(compress(layers, Compression::gzip), Compression::gzip)), work));

  std::string parts;
  for (int i = 0; i < 65; ++i) parts += "- " + compress("not a kernel", Compression::zstd);
  CHECK(error_of(parts) == "has too many parts that look like BTF or compressed data");

  btf::Work little;
  little.bytes = 1000;
  CHECK(error_of(boot_image(flat(kernel().contents()), Compression::gzip), little) ==
        "is too large when decompressed; at most 1024 MiB are read");
}
