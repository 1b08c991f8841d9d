/** Takes out of a report what points at a person, before anything is learned from it. */

const surnames =
  '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单裴霍涂成苗谷盛曲翁冉骆蓝路游辛欧阳靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀胥郁南班储芮';
const titles =
  '先生|女士|小姐|同志|老师|师傅|医生|大夫|律师|警官|书记|主任|村长|组长|队长|经理|老板|会计|大爷|大叔|大伯|大妈|大娘|大姐|大哥|大嫂|奶奶|爷爷|婆婆|阿姨|叔叔|伯伯|婶|嫂|某某|某';
const han = '\\p{Script=Han}';

/** Numbers written out: a telephone number told digit by digit. */
const spokenNumber = /[零〇一二两三四五六七八九幺]{7,}/g;
/** 皖A·12345, also of electric vehicles with one more. */
const numberPlate = /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领][a-z][·・.\s-]?[a-z0-9]{4,6}/g;
/** Mail addresses, links, and names of accounts: letters and digits in one. */
const account = /[\w.+-]+@[\w.-]+|https?:\S+|\b(?=\w*\d)(?=\w*[a-z_])\w{4,}\b/g;
const digits = /[\d０-９]+(?:[\s\-—.·()（）]*[\d０-９xX])*/g;
/** `我叫王小明`, `联系人：李四`, `户主张大山`. */
const introduced = new RegExp(
  `(?<=(?:我叫|名叫|叫做|姓名|联系人|户主|当事人|业主|报料人|举报人|投诉人|死者|伤者|患者)(?:是|为|叫)?[\\s:：]*)[${surnames}]${han}{1,3}?(?=$|[^\\p{Script=Han}]|[的家住说在是和与向因被把])`,
  'gu',
);
/** `李桂芳女士`, `王师傅`, `张大爷`: the title stays. */
const titled = new RegExp(`[${surnames}]${han}{0,2}?(?=${titles})`, 'gu');
/** `老王家`, `小李`. */
const familiar = new RegExp(`[老小阿][${surnames}](?=[家的说，。、,.\\s]|$)`, 'gu');

/**
 * The text in lower case with telephone and identity numbers, plates, accounts and names replaced by
 * breaks. Names are found by what stands around them; one that stands alone is left to the rule that
 * nothing is kept which few reports say.
 */
export function stripPersonal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(numberPlate, ' ')
    .replace(account, ' ')
    .replace(digits, ' ')
    .replace(spokenNumber, ' ')
    .replace(introduced, ' ')
    .replace(titled, ' ')
    .replace(familiar, ' ');
}
