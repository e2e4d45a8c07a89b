/// Writes the seeds of all fuzz targets: `seeds DIRECTORY` makes a directory for each target in it.
#include "seeds.hpp"

#include <cstdio>
#include <filesystem>
#include <fstream>

#include "compress.hpp"
#include "elf_builder.hpp"
#include "input.hpp"
#include "temporary_directory.hpp"

namespace {

using namespace bpfbuild;
namespace fs = std::filesystem;

void write(const fs::path& path, std::string_view contents) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << contents;
}

/// A text with its length in front.
std::string measured(const std::string& text) {
  return std::string{static_cast<char>(text.size() & 0xff), static_cast<char>(text.size() >> 8)} + text;
}

std::string elf(const std::vector<test::SectionSpec>& sections) {
  const test::TemporaryDirectory directory;
  test::write_elf(directory.path() / "elf", sections);
  return test::contents_of(directory.path() / "elf");
}

void write_seeds(const fs::path& directory) {
  const std::string banner = "Linux version 6.1.0 (gcc)";
  const std::string btf = fuzz::kernel().contents();
  const std::string framed = fuzz::unframed_btf(fuzz::kernel(), false);
  for (const char closure : {0, 2, 4}) {
    write(directory / "btf" / ("framed" + std::to_string(closure)), closure + framed);
  }
  write(directory / "btf/file", '\1' + btf);
  write(directory / "btf/foreign", '\1' + fuzz::kernel().contents(true));
  write(directory / "btf/nothing", "");

  const std::string module = fuzz::unframed_btf(fuzz::module(), true);
  write(directory / "join/two", measured(framed) + measured(module) + module);
  write(directory / "join/one", measured(framed) + measured(module));

  const std::string vmlinux = elf({{".rodata", banner}, {".BTF", btf}});
  write(directory / "elf/kernel", vmlinux);
  write(directory / "elf/module", elf({{".modinfo", std::string("vermagic=6.1 SMP\0", 17)}, {".BTF", btf}}));
  write(directory / "elf/dwarf", elf({{".debug_info", "x"}}));

  const std::string flat = std::string(64, '\x7e') + banner + std::string(31, '\0') + btf;
  write(directory / "image/flat", flat);
  write(directory / "image/foreign", banner + fuzz::kernel().contents(true));
  for (const Compression compression : test::every_compression) {
    const std::string name(std::to_string(static_cast<int>(compression)));
    write(directory / "image/whole" / name, test::compress(flat, compression));
    write(directory / "image/within" / name, "MZ " + test::compress(vmlinux, compression) + "more");
  }

  const auto format = [](std::string_view fields) {
    return "name: event\nID: 7\nformat:\n\tfield:unsigned short "
           "common_type;\toffset:0;\tsize:2;\tsigned:0;\n" +
           std::string(fields) + "\nprint fmt: \"%d\", REC->a\n";
  };
  write(directory / "format/types",
        format("\n\tfield:__data_loc char[] name;\toffset:4;\tsize:4;\tsigned:0;"
               "\n\tfield:struct list_head * list;\toffset:8;\tsize:8;\tsigned:0;"
               "\n\tfield:task_t task;\toffset:16;\tsize:96;\tsigned:0;"
               "\n\tfield:enum colour colour[2];\toffset:112;\tsize:2;\tsigned:0;"));
  write(directory / "format/arrays",
        format("\tfield:char comm[(1 << 4)];\toffset:2;\tsize:16;\tsigned:0;"
               "\n\tfield:u8 grid[2][3];\toffset:18;\tsize:6;\tsigned:0;"
               "\n\tfield:__rel_loc cpumask_t mask;\toffset:24;\tsize:4;\tsigned:0;"
               "\n\tfield:unsigned long args[];\toffset:32;\tsize:0;\tsigned:0;"));

  int number = 0;
  for (const char* const spec :
       {"task_struct", "struct task_struct:flags.first,comm", "task_struct:*", "task_t:tasks.next.prev.*",
        "task*", "enum colour", "enum:RED", "enum:*", "union aligned", "list_head:next,prev",
        "task_struct:f?ags.*,word", "tsk_struct", "typedef list_t", "elsewhere", "task_struct:pid"}) {
    write(directory / "spec" / std::to_string(number++), spec);
  }
}

/// Words as they lie in a file.
std::string bytes_of_words(const std::vector<std::uint32_t>& words) {
  return {reinterpret_cast<const char*>(words.data()), words.size() * sizeof words[0]};
}

/// A program that asks for a field of each of its kinds, with a guard, a call and a loop in it.
void write_compat_seeds(const fs::path& directory) {
  test::BtfBuilder b = fuzz::kernel();
  const auto task = b.structure("task_struct", 128, {{"comm", b.array(b.integer("u8", 1), 4), 0}});
  const auto colour = b.enumeration("colour", {{"RED", 0}});
  const auto section = b.string("xdp"), access = b.string("0:0:1"), whole = b.string("0");
  std::vector<std::uint32_t> relocations = {16, section, 13};
  for (std::uint32_t kind = 0; kind < 13; ++kind) {
    const bool is_of_field = kind < 6, is_of_enumerator = kind == 10 || kind == 11;
    relocations.insert(relocations.end(),
                       {kind * 8, is_of_enumerator ? colour : task, is_of_field ? access : whole, kind});
  }
  std::vector<std::uint32_t> ext = {
      btf::magic | 1U << 16, 32, 0, 0, 0, 0, 0, static_cast<std::uint32_t>(relocations.size() * 4)};
  ext.insert(ext.end(), relocations.begin(), relocations.end());

  // A constant, a store and a load of it, a call, a loop, the end: {code and registers and offset,
  // immediate}.
  const std::string program =
      bytes_of_words({0x000001b7, 1, 0xfff8117b | 0xa0 << 8, 0, 0x0000a179 | 0xfff8U << 16, 0, 0x00001085,
                      0xffffffff, 0x00000107, 1, 0xfffe01a5, 10, 0x00000095, 0});
  const std::string function = bytes_of_words({0x00010115, 0, 0x000000b7, 3, 0x00000095, 0});
  write(directory / "compat/all",
        measured(program) + measured(function) + measured(fuzz::unframed_btf(b, false)) +
            measured(fuzz::unframed_btf(fuzz::kernel(), false)) + bytes_of_words(ext));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return EXIT_FAILURE;
  try {
    write_seeds(argv[1]);
    write_compat_seeds(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return EXIT_FAILURE;
  }
  return EXIT_SUCCESS;
}
