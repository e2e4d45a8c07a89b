#include "source_lines.hpp"

#include <elf.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <vector>

namespace bpfbuild {

namespace {

constexpr std::size_t instruction_size = 8;

/// Bytes of a file that may be damaged: what is beyond their end is 0, or empty.
class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : bytes_(bytes) {}

  template <typename Type>
  [[nodiscard]] Type at(std::size_t offset) const {
    Type value{};
    if (offset <= bytes_.size() && bytes_.size() - offset >= sizeof(value))
      std::memcpy(&value, bytes_.data() + offset, sizeof(value));
    return value;
  }
  [[nodiscard]] Bytes part(std::size_t offset, std::size_t size) const {
    return Bytes(offset <= bytes_.size() ? bytes_.substr(offset, size) : std::string_view());
  }
  [[nodiscard]] std::string_view text(std::size_t offset) const {
    const std::string_view rest = part(offset, bytes_.size()).bytes_;
    return rest.substr(0, rest.find('\0'));
  }
  [[nodiscard]] std::size_t size() const { return bytes_.size(); }

 private:
  std::string_view bytes_;
};

/// The sections of a BPF object of this machine's byte order, which is what the running kernel takes.
class Elf {
 public:
  explicit Elf(std::string_view file) : file_(file), header_(file_.at<Elf64_Ehdr>(0)) {}

  [[nodiscard]] Elf64_Shdr section(std::size_t number) const {
    return number < header_.e_shnum ? file_.at<Elf64_Shdr>(header_.e_shoff + number * sizeof(Elf64_Shdr))
                                    : Elf64_Shdr{};
  }
  [[nodiscard]] std::string_view name(std::size_t number) const {
    return contents(section(header_.e_shstrndx)).text(section(number).sh_name);
  }
  [[nodiscard]] Bytes contents(const Elf64_Shdr& section) const {
    return file_.part(section.sh_offset, section.sh_size);
  }
  [[nodiscard]] Bytes contents(std::string_view wanted) const {
    for (std::size_t i = 1; i < header_.e_shnum; ++i) {
      if (name(i) == wanted) return contents(section(i));
    }
    return Bytes("");
  }
  /// A function of the object; nothing when there is none of this name.
  [[nodiscard]] Elf64_Sym function(std::string_view wanted) const {
    for (std::size_t i = 1; i < header_.e_shnum; ++i) {
      if (section(i).sh_type != SHT_SYMTAB) continue;
      const Bytes symbols = contents(section(i));
      const Bytes names = contents(section(section(i).sh_link));
      for (std::size_t at = 0; at + sizeof(Elf64_Sym) <= symbols.size(); at += sizeof(Elf64_Sym)) {
        const auto symbol = symbols.at<Elf64_Sym>(at);
        if (ELF64_ST_TYPE(symbol.st_info) == STT_FUNC && names.text(symbol.st_name) == wanted) return symbol;
      }
    }
    return {};
  }

 private:
  Bytes file_;
  Elf64_Ehdr header_;
};

struct Line {
  std::string_view section;
  std::size_t offset;  // of its first instruction, in bytes
  std::string place, text;
};

std::string_view trim(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t"), text.size());
  return text.substr(start, text.find_last_not_of(" \t") + 1 - start);
}

/// The line information of Documentation/bpf/btf.rst, in the order of the instructions of each section.
std::vector<Line> read_lines(const Elf& elf) {
  constexpr std::size_t header_length = 4, string_offset = 16, string_length = 20;  // of struct btf_header
  constexpr std::size_t line_offset = 16, line_length = 20;  // of struct btf_ext_header
  const Bytes btf = elf.contents(".BTF"), extension = elf.contents(".BTF.ext");
  const auto number = [](const Bytes& bytes, std::size_t at) {
    return std::size_t{bytes.at<std::uint32_t>(at)};
  };
  const Bytes strings =
      btf.part(number(btf, header_length) + number(btf, string_offset), number(btf, string_length));
  const Bytes info = extension.part(number(extension, header_length) + number(extension, line_offset),
                                    number(extension, line_length));

  std::vector<Line> lines;
  const std::size_t record_size = number(info, 0);
  if (record_size < 16) return lines;
  for (std::size_t at = 4; at + 8 <= info.size();) {
    const std::string_view section = strings.text(number(info, at));
    const std::size_t count = number(info, at + 4);
    at += 8;
    for (std::size_t i = 0; i < count && at + record_size <= info.size(); ++i, at += record_size) {
      const std::string_view file = strings.text(number(info, at + 4));
      const std::size_t line = number(info, at + 12) >> 10;  // the rest is the column
      lines.push_back({section, number(info, at),
                       std::string(file.substr(file.rfind('/') + 1)) + ":" + std::to_string(line),
                       std::string(trim(strings.text(number(info, at + 8))))});
    }
  }
  return lines;
}

}  // namespace

std::string find_source_line(std::string_view object, std::string_view program, std::size_t instruction,
                             std::string_view text) {
  text = trim(text);
  if (text.empty()) return "";
  const Elf elf(object);
  const Elf64_Sym function = elf.function(program);
  const std::string_view section = elf.name(function.st_shndx);
  const std::size_t offset = function.st_value + instruction * instruction_size;
  const bool in_program = instruction < function.st_size / instruction_size;

  const Line* there = nullptr;  // the line that the instruction belongs to
  std::string only;             // the place of the text, if it stands in one place
  bool is_ambiguous = false;
  const std::vector<Line> lines = read_lines(elf);
  for (const Line& line : lines) {
    if (line.section == section && line.offset >= function.st_value && line.offset <= offset) there = &line;
    if (line.text != text) continue;
    is_ambiguous = is_ambiguous || (!only.empty() && only != line.place);
    only = line.place;
  }
  if (in_program && there && there->text == text) return there->place;
  return is_ambiguous ? "" : only;
}

}  // namespace bpfbuild
