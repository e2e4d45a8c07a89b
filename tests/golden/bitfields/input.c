/* Bitfields: shared units, unnamed ones, zero width, several types, across bytes, beside other members. */
struct bitfields {
	unsigned int a : 1;
	unsigned int b : 7;
	unsigned int : 5;
	unsigned int c : 3;
	unsigned char d : 3;
	unsigned char : 0;
	unsigned char e : 1;
	char plain;
	long long f : 40;
	long long g : 20;
	int h : 31;
	_Bool i : 1;
	short j;
	unsigned int k : 4;
};

struct bitfields_packed {
	char tag;
	unsigned int a : 30;
	unsigned int b : 30;
	unsigned long long c : 60;
} __attribute__((packed));

enum mode { MODE_OFF, MODE_ON, MODE_AUTO };

struct bitfields_of_enum {
	enum mode mode : 2;
	enum mode fallback : 2;
	unsigned long rest : 60;
};

struct bitfields use1;
struct bitfields_packed use2;
struct bitfields_of_enum use3;
