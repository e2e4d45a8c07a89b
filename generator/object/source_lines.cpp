#include "object/source_lines.hpp"

#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <utility>

#include "object/lines.hpp"
#include "support/error.hpp"
#include "support/format.hpp"

namespace bpfbuild::object {

namespace {

using Path = std::filesystem::path;

/// The sources, each read once.
class Sources {
 public:
  explicit Sources(const std::vector<Path>& directories) : directories_(directories) {}

  /// Empty when there is no such file, or no such line.
  std::string line(const std::string& file, std::uint32_t number) {
    const auto [found, is_new] = files_.try_emplace(file);
    std::vector<std::string>& lines = found->second;
    if (is_new) {
      for (auto directory = directories_.begin(); lines.empty() && directory != directories_.end();
           ++directory) {
        std::ifstream source(*directory / file);
        for (std::string text; std::getline(source, text);) lines.push_back(text);
      }
    }
    return number != 0 && number <= lines.size() ? lines[number - 1] : std::string();
  }

 private:
  const std::vector<Path>& directories_;
  std::map<std::string, std::vector<std::string>> files_;
};

/// An ELF file whose sections get other contents.
class ElfEditor {
 public:
  explicit ElfEditor(Path path)
      : path_(std::move(path)), descriptor_(::open(path_.c_str(), O_RDWR | O_CLOEXEC)) {
    ::elf_version(EV_CURRENT);
    elf_ = ::elf_begin(descriptor_, ELF_C_RDWR, nullptr);  // if it fails, what follows does
  }
  ~ElfEditor() {
    ::elf_end(elf_);
    ::close(descriptor_);
  }
  ElfEditor(const ElfEditor&) = delete;
  ElfEditor& operator=(const ElfEditor&) = delete;

  /// The bytes of the section, which can be replaced until write() has been called.
  Elf_Data& section(std::string_view name) {
    std::size_t names = 0;
    if (::elf_getshdrstrndx(elf_, &names) != 0) fail();
    for (Elf_Scn* section = nullptr; (section = ::elf_nextscn(elf_, section)) != nullptr;) {
      GElf_Shdr header;
      if (::gelf_getshdr(section, &header) == nullptr) fail();
      const char* const found = ::elf_strptr(elf_, names, header.sh_name);
      if (found == nullptr || found != name) continue;
      if (Elf_Data* const data = ::elf_getdata(section, nullptr)) return *data;
    }
    fail();
  }

  void write() {
    if (::elf_update(elf_, ELF_C_WRITE) < 0) fail();
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(format("{}: cannot write: {}", path_.native(), ::elf_errmsg(-1)));
  }

  Path path_;
  int descriptor_;
  Elf* elf_ = nullptr;
};

std::string text_of(const Elf_Data& data) { return {static_cast<const char*>(data.d_buf), data.d_size}; }

void replace(Elf_Data& data, std::string& text) {
  data.d_buf = text.data();
  data.d_size = text.size();
  ::elf_flagdata(&data, ELF_C_SET, ELF_F_DIRTY);
}

}  // namespace

void add_missing_source_lines(const Path& path, const Object& object,
                              const std::vector<Path>& source_directories) {
  Sources sources(source_directories);
  std::string added;
  std::map<std::string, std::uint32_t> offsets;  // of lines among the strings
  std::vector<std::pair<std::size_t, std::uint32_t>> changes;
  const std::size_t strings = object.types.strings().size();
  for (const LineRecord& record : read_line_records(object)) {
    if (!record.text.empty()) continue;
    const std::string text = sources.line(record.file, record.line);
    if (text.empty()) continue;
    const auto [found, is_new] =
        offsets.try_emplace(text, static_cast<std::uint32_t>(strings + added.size()));
    if (is_new) added.append(text.c_str(), text.size() + 1);
    changes.emplace_back(record.text_in_btf_ext, found->second);
  }
  if (changes.empty()) return;

  constexpr std::size_t header_length = 4, strings_offset = 16, strings_length = 20;  // offsets of fields
  const auto in_byte_order = [&](std::uint32_t word) {
    return object.foreign_byte_order ? __builtin_bswap32(word) : word;
  };
  const auto word = [&](const std::string& text, std::size_t at) {
    std::uint32_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    return in_byte_order(word);
  };
  const auto set_word = [&](std::string& text, std::size_t at, std::uint32_t word) {
    word = in_byte_order(word);
    std::memcpy(text.data() + at, &word, sizeof word);
  };
  ElfEditor elf(path);
  std::string btf = text_of(elf.section(".BTF"));
  btf.resize(word(btf, header_length) + word(btf, strings_offset) + strings);
  btf += added;
  set_word(btf, strings_length, static_cast<std::uint32_t>(strings + added.size()));
  std::string btf_ext = text_of(elf.section(".BTF.ext"));
  for (const auto& [position, offset] : changes) set_word(btf_ext, position, offset);
  replace(elf.section(".BTF"), btf);
  replace(elf.section(".BTF.ext"), btf_ext);
  elf.write();
}

}  // namespace bpfbuild::object
