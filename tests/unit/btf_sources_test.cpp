#include "btf/sources.hpp"

#include <cstdlib>

#include "btf_builder.hpp"
#include "catch.hpp"
#include "compress.hpp"
#include "elf_builder.hpp"
#include "temporary_directory.hpp"

using namespace bpfbuild;
using test::BtfBuilder;
using test::message_of;

namespace fs = std::filesystem;

namespace {

/// A kernel and two modules of it, in the forms in which they come.
class Files : public test::TemporaryDirectory {
 public:
  Files() {
    BtfBuilder b;
    const auto number = b.signed_integer("int", 4);
    b.structure("task_struct", 4, {{"pid", number, 0}});
    kernel = file("vmlinux.btf", b.contents());
    BtfBuilder first = BtfBuilder::continuing(b);
    first.structure("first", 4, {{"a", number, 0}});
    file("first.ko.xz", test::compress(elf(first), Compression::xz));
    BtfBuilder second = BtfBuilder::continuing(b);
    second.pointer(second.structure("second", 4, {{"b", number, 0}}));
    test::write_elf(path() / "second.ko", ".BTF", second.contents());
  }

  btf::Kernel read(const std::vector<std::string>& names, const std::string& base = {}) const {
    std::vector<fs::path> files;
    for (const std::string& name : names) files.push_back(path() / name);
    return btf::Sources(files, base.empty() ? fs::path() : path() / base).read();
  }

  /// The message without the directory.
  [[nodiscard]] std::string error(const std::vector<std::string>& names, const std::string& base = {}) const {
    std::string message = message_of([&] { read(names, base); });
    const std::string directory = path().native() + "/";
    for (auto at = message.find(directory); at != std::string::npos; at = message.find(directory))
      message.erase(at, directory.size());
    return message;
  }

  fs::path kernel;

 private:
  [[nodiscard]] std::string elf(const BtfBuilder& builder) const {
    test::write_elf(path() / "module", {{".BTF", builder.contents()}});
    return test::contents_of(path() / "module");
  }
};

}  // namespace

TEST_CASE("modules go on a named base, or on a kernel among the files", "[btf.sources]") {
  const Files files;
  for (const btf::Kernel& kernel : {files.read({"first.ko.xz", "second.ko"}, "vmlinux.btf"),
                                    files.read({"first.ko.xz", "vmlinux.btf", "second.ko"})}) {
    CHECK(kernel.types.id_count() == 6);
    for (const auto* name : {"task_struct", "first", "second"}) CHECK(kernel.types.find(name).size() == 1);
  }
  CHECK(files.read({"vmlinux.btf"}).types.id_count() == 3);
}

TEST_CASE("the hash is that of the BTF, and of the order of the modules", "[btf.sources]") {
  const Files files;
  const Bytes bytes = InputFile(files.kernel).read();
  CHECK(files.read({"vmlinux.btf"}).hash == btf::hash(bytes));
  CHECK(files.read({"vmlinux.btf", "second.ko"}).hash != btf::hash(bytes));
  CHECK(files.read({"vmlinux.btf", "second.ko"}).hash == files.read({"second.ko"}, "vmlinux.btf").hash);
  CHECK(files.read({"second.ko", "vmlinux.btf"}).hash == files.read({"second.ko"}, "vmlinux.btf").hash);
}

TEST_CASE("a missing base, a second one and a wrong one are told", "[btf.sources]") {
  const Files files;
  CHECK(files.error({"second.ko"}) ==
        "second.ko: has the BTF of a module, which continues that of its kernel; name the kernel's with "
        "--base-btf "
        "FILE: vmlinux, vmlinuz, or raw BTF");
  CHECK(files.error({"vmlinux.btf"}, "vmlinux.btf") ==
        "vmlinux.btf: has the types of a whole kernel, as 'vmlinux.btf' has; name one of them, and modules "
        "of it");
  BtfBuilder other;
  other.integer("int", 4);
  files.file("other.btf", other.contents());
  CHECK_THAT(files.error({"second.ko"}, "other.btf"),
             Catch::Matchers::EndsWith("; the module is of another kernel than the base"));
  BtfBuilder damaged;
  damaged.pointer(7);
  files.file("damaged.btf", damaged.contents());
  CHECK(files.error({"damaged.btf"}) == "damaged.btf: type [1] pointer: target refers to missing type [7]");
}

TEST_CASE("a damaged module is named together with its kernel", "[btf.sources]") {
  const Files files;
  BtfBuilder b;
  b.signed_integer("int", 4);
  b.structure("task_struct", 4, {{"pid", 1, 0}});
  BtfBuilder m = BtfBuilder::continuing(b);
  m.structure("large", 4, {{"a", 1, 32}});
  test::write_elf(files.path() / "m.ko", ".BTF", m.contents());
  CHECK(files.error({"m.ko"}, "vmlinux.btf") ==
        "vmlinux.btf + m.ko: type [3] struct 'large': member 0 ends at bit 64, past the end at 32");
}
