/**
 * Passwords that guessers try first: the most frequent entries of published leak lists that are long enough to be
 * chosen here (8 characters with MFA, 15 without), in lower case. Plain words are used once more inside longer
 * passwords, see passwords.ts. NIST SP 800-63B-4 asks for such a list; a server checks a far longer one.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `12345678 123456789 1234567890 12345678910 123456789a 123456789q 1234567891 1234567899 0123456789 0987654321 987654321 9876543210
  11111111 111111111 1111111111 00000000 000000000 0000000000 22222222 33333333 44444444 55555555 5555555555 66666666 77777777
  88888888 99999999 999999999 12121212 1212121212 123123123 123321123 12341234 123412341234 12344321 1234512345 123454321 123456123456
  1234567a 12345678a 12345678q 1234567q 12345qwert 1234qwer 123qweasd 123qweasdzxc 123qwe123 123abc123 11223344 1122334455
  112233445566 10203040 1020304050 13131313 14141414 147258369 1472583690 159357159 159753456 147852369 123698745 741852963
  789456123 963852741 987456321 321321321 456456456 789789789 147147147 369369369 159159159 19841984 19851985 19871987 20002000
  20202020 31415926 3141592653 314159265358979 27182818 88889999 90909090 99887766 98765432 87654321 876543210 77778888
  a1234567 a12345678 a123456789 aa123456 aa12345678 aaa111111 aaaaaaaa aaaaaaaaa aaaaaaaaaa aaaaaa111 abc12345 abc123456 abc1234567
  abcd1234 abcd12345 abcdefgh abcdefghi abcdefghij abcdefghijk abcdefghijklmno abcdefghijklmnop 1abcdefg abcabcabc asd123456
  asdasdasd asdf1234 asdfasdf asdfghjk asdfghjkl asdfghjkl1 asdfjkl; asdqwe123 qweasd123 qweasdzxc qweqweqwe qwer1234 qwer12345
  qwerasdf qwerqwer qwert123 qwert1234 qwert12345 qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuio
  qwertyuiop qwertyuiop1 qwertyuiop123 qwertyuiop[] qwertyuiopasdfg qwertyuiopasdfgh qwertyuiopasdfghjkl qwertyuiopasdfghjklzxcvbnm
  qwertyqwerty qazwsx12 qazwsx123 qazwsxedc qazwsxedc123 qazwsxedcrfv qazwsxedcrfvtgb 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1q2w3e4r5t6y7u
  1q2w3e4r5t6y7u8i 1q2w3e4r5t6y7u8i9o0p 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1qaz@wsx 1qazxsw2 zaq12wsx zaq1zaq1 zaq!2wsx
  !qaz2wsx q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 q1w2e3r4t5y6u7i8 qwe123qwe qwe12345 zxcvbnm1 zxcvbnm123 zxcvbnm, zxcvbnm,./ zxczxczxc
  zxcvbnmasdfghjkl asdfghjklzxcvbnm poiuytrewq lkjhgfdsa mnbvcxz1 mnbvcxzlkjhgfdsa 0okmnji9 xxxxxxxx xxxxxxxxxx zzzzzzzz
  password password1 password2 password3 password7 password11 password12 password123 password1234 password12345 password123456
  password1234567 password12345678 password123456789 password1! password! password. password01 password99 passwordpassword
  passw0rd p@ssw0rd p@ssword p@ssw0rd1 p@ssw0rd123 p@$$w0rd pa$$word pa$$w0rd passwort passwort1 motdepasse contraseña
  contrasena wachtwoord parola123 mypassword mypassword1 mypassword123 thisismypassword thisisapassword thisisthepassword
  newpassword newpassword1 oldpassword changeme changeme1 changeme123 changemeplease changeit1 default1 default123 defaultpassword
  letmein1 letmein12 letmein123 letmeinnow letmeinplease opensesame welcome1 welcome12 welcome123 welcome1234 welcome2024 welcome2025
  welcome2026 welcometo welcomehome admin123 admin1234 admin12345 admin123456 adminadmin administrator administrator1 root1234
  rootroot toor1234 superuser sysadmin secret12 secret123 topsecret supersecret secretpassword master12 master123 access14 trustno1
  trustnoone test1234 test12345 testtest testing1 testing123 test123456 testpassword guest123 guestguest user1234 username login123
  iloveyou iloveyou1 iloveyou2 iloveyou12 iloveyou123 iloveyou! iloveyousomuch iloveyouforever iloveyoumorethan ilovejesus ilovegod1
  loveyou1 lovelove loveme123 lovely12 loveforever truelove iloveu12 forever1 foreverlove princess princess1 princess123 sunshine
  sunshine1 sunshine123 football football1 football123 baseball baseball1 basketball basketball1 softball volleyball superman
  superman1 spiderman spiderman1 batman123 ironman1 starwars starwars1 pokemon1 pokemon123 nintendo minecraft minecraft1 fortnite1
  computer computer1 internet internet1 samsung1 samsung123 motorola toyota123 mercedes mercedes1 porsche911 corvette mustang1
  ferrari1 yamaha123 chelsea1 arsenal1 liverpool liverpool1 manchester manchesterunited barcelona barcelona1 realmadrid juventus
  michael1 michael123 jennifer jennifer1 jessica1 jordan23 jordan123 ashley12 charlie1 charlie123 alexander alexander1 alexandra
  christian christopher cristina daniel12 daniel123 danielle elizabeth elizabeth1 francesco gabriela giovanni jonathan katherine
  kimberly patricia samantha samantha1 stephanie veronica victoria victoria1 vincenzo william1 nicholas nicole12 matthew1 michelle
  michelle1 anthony1 andrew123 benjamin brandon1 cheyenne dragon12 dragon123 monkey12 monkey123 shadow12 shadow123 hunter12 hunter123
  buster12 tigger12 pepper123 ginger12 summer12 summer123 summer2024 summer2025 summer2026 winter12 winter123 winter2024 winter2025
  winter2026 spring2024 spring2025 spring2026 autumn2025 october1 november december december1 september january1 february
  butterfly butterfly1 chocolate chocolate1 strawberry blueberry cookie123 cheese123 banana123 pineapple orange123 purple12 rainbow1
  rainbow123 diamond1 crystal1 blessed1 blessing destiny1 faithful jesus123 jesuschrist jesusislord godisgood godislove godisgreat
  angel123 angels123 heaven123 hallelujah whatever whatever1 nothing1 nothing123 something fuckyou1 fuckyou123 asshole1 bullshit
  startrek blink182 metallica slipknot1 greenday eminem123 guitar123 playboy1 playstation champion gangster gangsta1 warcraft
  starcraft runescape hello123 hello1234 helloworld hellohello hellokitty goodluck goodmorning babygirl babygirl1 beautiful
  beautiful1 precious precious1 snowball snoopy123 scooby123 freedom1 freedom123 patriots steelers cowboys1 lakers24 yankees1
  america1 american1 australia california colorado brooklyn london123 scotland england1 deutschland bismillah insyaallah sayangku
  indonesia pakistan pakistan123 india123 krishna1 philippines mexico123 colombia argentina alejandro alejandra estrella teamomucho
  tequieromucho teamoporsiempre correcthorsebatterystaple correct-horse-battery-staple correct horse battery staple ncc1701d
  thequickbrownfox thequickbrownfoxjumps maythe4thbewithyou maytheforcebewithyou tobeornottobe onceuponatime incorrectpassword
  nopasswordhere idontknow idontremember iforgotmypassword forgotpassword passwordispassword 1password mypasswordis asdfghjkl123456
  1234567890qwerty qwerty1234567890 1234567890abcdef 0123456789abcdef 0123456789012345 123456789012345 1234567890123456 12345678901234567890
  111111111111111 000000000000000 aaaaaaaaaaaaaaa 1111111111111111 0000000000000000`
    .split(/\s+/)
    .filter((entry) => entry.length >= 8),
);

/** Words of which guessable passwords are put together: "Password-2026!!", "welcome.admin.qwerty". */
export const commonWords: readonly string[] = [
  ...new Set([
    ...[...commonPasswords].filter((entry) => /^[a-z]{8,}$/.test(entry)),
    ...`pass word admin root user guest test login secret letmein welcome master access default change please qwerty asdf zxcv azerty
    qwertz love iloveyou hello monkey dragon shadow hunter summer winter spring autumn football account settings company team
    internet computer correct horse battery staple`.split(/\s+/),
  ]),
];
