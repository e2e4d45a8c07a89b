#include "btf/parser.hpp"

#include <utility>

#include "btf/check.hpp"
#include "btf/walk.hpp"
#include "support/error.hpp"

namespace bpfbuild::btf {

class Parser {
 public:
  explicit Parser(Sections sections) : words_(sections.words) {
    if (sections.strings.empty()) throw Error("string table is empty").at(".BTF");
    if (sections.is_split()) {
      throw Error("string table does not begin with the empty string",
                  "the BTF of a module continues that of its kernel and cannot be read alone")
          .at(".BTF");
    }
    table_.words_ = words_.data();
    table_.strings_ = sections.strings;
    table_.owners_ = std::move(sections.owners);
  }

  TypeTable parse() {
    index();
    read_integers();
    check(table_);
    return std::move(table_);
  }

 private:
  /// Finds where each type starts, and that it ends within the section.
  void index() {
    const std::size_t about = words_.size() / 6;  // is what kernels need
    table_.starts_.reserve(about);
    table_.kinds_.reserve(about);
    table_.starts_.push_back(0);
    table_.kinds_.push_back(Kind::void_);
    for_each_type(words_, 1, [this](std::uint32_t position, Kind kind) {
      table_.starts_.push_back(position);
      table_.kinds_.push_back(kind);
    });
  }

  /// The one type whose size follows the pointers of every kernel and every compiler for BPF is `long`.
  void read_integers() {
    bool found_long = false;
    for (TypeId id = 1; id < table_.id_count(); ++id) {
      if (table_.kind_of(id) != Kind::integer) continue;
      const Type type = table_[id];
      if (type.integer_bits() != type.size() * 8) table_.has_narrow_integers_ = true;
      if (found_long || type.name_offset() >= table_.strings_.size()) continue;
      const std::string_view name = type.name();
      found_long =
          name == "long int" || name == "long unsigned int" || name == "long" || name == "unsigned long";
      if (found_long && (type.size() == 4 || type.size() == 8)) table_.pointer_size_ = type.size();
    }
  }

  std::span<const std::uint32_t> words_;
  TypeTable table_;
};

TypeTable parse(Sections sections) { return Parser(std::move(sections)).parse(); }

TypeTable parse(const Bytes& bytes) { return parse(read_sections(bytes)); }

}  // namespace bpfbuild::btf
